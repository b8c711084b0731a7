using System.Text;
using Presence.Conversations.Tests.Domains;
using Presence.Conversations.Tests.Node;

namespace Presence.Conversations.Tests;

/// <summary>A passphrase is proven by somebody of another domain, to the home of whoever has set it.</summary>
public sealed class DistantPassphraseTests(OneDomain domain) : IClassFixture<OneDomain>
{
    private const string Diary = "bob@a.example/diary";
    private const string Carol = "carol@b.example";

    private int _tag = 10;
    private string _given = "";

    [Fact]
    public async Task A_proof_crosses_and_who_guesses_too_often_must_wait_himself()
    {
        await domain.CreateUser("bob");
        var bob = await Asker.LogIn(new OneDomainHost(domain), TestContext.Current.CancellationToken, "bob:wonderland");
        Assert.Contains(" ok ", await bob.Ask("SET {0} ~/diary val=Nothing"), StringComparison.Ordinal);
        Assert.Contains(" ok ", await bob.Ask("SET {0} ~/pass/diary val=mellon"), StringComparison.Ordinal);
        Assert.Contains(
            " ok ", await bob.Ask("SETACL {0} ~/diary type=text/pip-acl", Encoding.ASCII.GetBytes("allow pass:diary read,sub\r\n")),
            StringComparison.Ordinal);
        await using var peer = await domain.Link();

        var answer = await Prove(peer, "mellon");
        Assert.Contains(" ok ver=", answer, StringComparison.Ordinal);
        Assert.Contains("val=Nothing", answer, StringComparison.Ordinal);
        for (var guess = 1; guess <= 5; guess++)
            Assert.Contains(" pass-required ", await Prove(peer, $"guess {guess}"), StringComparison.Ordinal);

        var sixth = await peer.Ask($"GET {++_tag} {Diary} from={Carol} {_given}");
        Assert.Equal($"429 {_tag} slow-down retry=3600 param=from", sixth);
        Assert.StartsWith("401 ", await peer.Ask($"GET {++_tag} {Diary} from=dave@b.example pass=yes"), StringComparison.Ordinal);
    }

    private async Task<string> Prove(RawPeer peer, string passphrase)
    {
        var challenge = await peer.Ask($"GET {++_tag} {Diary} from={Carol} pass=yes");
        var (salt, nonce) = (Value(challenge, "salt"), Value(challenge, "nonce"));
        var proof = PassphraseTests.Proof(passphrase, salt, nonce, "GET", Diary, Carol);
        _given = $"nonce={nonce} proof={proof}";
        return await peer.Ask($"GET {++_tag} {Diary} from={Carol} {_given}");
    }

    private static string Value(string line, string name) =>
        line.Split(' ').Single(word => word.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];
}
