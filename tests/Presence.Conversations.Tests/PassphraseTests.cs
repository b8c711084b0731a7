using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Presence.Conversations.Tests.Node;
using Presence.Testing.Conversations;

namespace Presence.Conversations.Tests;

/// <summary>
/// Proofs of passphrases need arithmetic that a story cannot write down: each test writes a story with the proof in it, from
/// the salt and nonce that the story before has heard.
/// </summary>
public sealed class PassphraseTests(NodeUnderTest node) : IClassFixture<NodeUnderTest>
{
    private const string Diary = "bob@localhost/diary";

    [Fact]
    [Trait("Conformance", "ACL-18")]
    public async Task A_proof_is_good_once_and_only_for_its_verb_and_target_and_the_sixth_wrong_guess_waits()
    {
        await using var host = new StoryHost(node);
        var cancel = TestContext.Current.CancellationToken;
        await ConversationRunner.Run(
            Conversation.Parse("passphrase setting", Setting), host, cancel);
        var alice = await Asker.LogIn(host, cancel);

        var (salt, nonce) = await alice.Challenge(Diary);
        var proof = Proof("sesam öffne dich", salt, nonce, "GET", Diary);
        Assert.Contains(" ok ver=", await alice.Ask($"GET {{0}} {Diary} nonce={nonce} proof={proof}"), StringComparison.Ordinal);
        Assert.Contains("401", await alice.Ask($"GET {{0}} {Diary} nonce={nonce} proof={proof}"), StringComparison.Ordinal);

        (_, nonce) = await alice.Challenge("bob@localhost/status");
        proof = Proof("sesam öffne dich", salt, nonce, "GET", Diary);
        Assert.Contains("401", await alice.Ask($"GET {{0}} {Diary} nonce={nonce} proof={proof}"), StringComparison.Ordinal);

        for (var guess = 1; guess <= 5; guess++)
        {
            (_, nonce) = await alice.Challenge(Diary);
            proof = Proof($"guess {guess}", salt, nonce, "GET", Diary);
            Assert.Contains("401", await alice.Ask($"GET {{0}} {Diary} nonce={nonce} proof={proof}"), StringComparison.Ordinal);
        }

        var sixth = await alice.Ask($"GET {{0}} {Diary} nonce={nonce} proof={proof}");
        Assert.StartsWith("429", sixth, StringComparison.Ordinal);
        Assert.Contains("retry=3600", sixth, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_that_a_proof_has_opened_lasts_until_the_passphrase_is_another()
    {
        await using var host = new StoryHost(node);
        var cancel = TestContext.Current.CancellationToken;
        await ConversationRunner.Run(Conversation.Parse("passphrase setting", Setting), host, cancel);
        // The guesses of the other test are alice's.
        var carol = await Asker.LogIn(host, cancel, "carol:hidden");

        Assert.Contains("403", await carol.Ask($"SUB {{0}} {Diary} id=d expires=3600"), StringComparison.Ordinal);
        var (salt, nonce) = await carol.ChallengeTo($"SUB {{0}} {Diary} id=d");
        var ofGet = Proof("sesam öffne dich", salt, nonce, "GET", Diary, "carol@localhost");
        Assert.Contains("401", await carol.Ask($"SUB {{0}} {Diary} id=d nonce={nonce} proof={ofGet}"), StringComparison.Ordinal);
        (_, nonce) = await carol.ChallengeTo($"SUB {{0}} {Diary} id=d");
        var proof = Proof("sesam öffne dich", salt, nonce, "SUB", Diary, "carol@localhost");
        Assert.Contains(
            " ok id=d state=active", await carol.Ask($"SUB {{0}} {Diary} id=d expires=3600 nonce={nonce} proof={proof}"),
            StringComparison.Ordinal);
        Assert.Contains("val=Nothing", (await carol.Next()).Line, StringComparison.Ordinal);
        Assert.Contains(" ok id=d state=active", await carol.Ask($"SUB {{0}} {Diary} id=d expires=3600"), StringComparison.Ordinal);
        Assert.Contains("val=Nothing", (await carol.Next()).Line, StringComparison.Ordinal);

        var bob = await Asker.LogIn(host, cancel, "bob:builder");
        Assert.Contains(" ok ver=", await bob.Ask("SET {0} ~/pass/diary val=mellon"), StringComparison.Ordinal);
        Assert.Contains("id=d state=terminated why=rejected", (await carol.Next()).Line, StringComparison.Ordinal);
        Assert.Contains("403", await carol.Ask($"SUB {{0}} {Diary} id=d expires=3600"), StringComparison.Ordinal);
    }

    private const string Setting = """
        # Bob keeps a diary
        @users alice:wonderland bob:builder carol:hidden
        bob/old: login
        bob/old> SET 5 ~/diary val=Nothing
        bob/old< 200 5 ok ver=*
        bob/old> SET 6 ~/pass/diary val=sesam%20öffne%20dich
        bob/old< 200 6 ok ver=*
        bob/old> SETACL 7 ~/diary type=text/pip-acl {*}
        bob/old| allow pass:diary read,sub
        bob/old|
        bob/old< 200 7 ok ver=*
        """;

    /// <summary>docs/protocol/access.md, "Passphrases", written down a second time.</summary>
    internal static string Proof(
        string passphrase, string salt, string nonce, string verb, string target, string who = "alice@localhost")
    {
        var key = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(passphrase), Base64Url.DecodeFromChars(salt), 20_000, HashAlgorithmName.SHA256, 32);
        var text = string.Join('\0', "PIP/1 pass", nonce, who, verb, target);
        return Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }
}
