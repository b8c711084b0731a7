using Presence.Conversations.Tests.Domains;
using Presence.Conversations.Tests.Node;
using Presence.Testing.Conversations;

namespace Presence.Conversations.Tests;

/// <summary>Every story below <c>Federation</c> is told to two nodes, each the home of one domain.</summary>
public sealed class FederationTests(TwoDomains domains) : IClassFixture<TwoDomains>
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Federation");

    public static IEnumerable<TheoryDataRow<string>> Stories() =>
        ConversationFile.All(Folder).Select(path =>
        {
            var row = new TheoryDataRow<string>(path);
            var ids = ConversationFile.Read(Folder, path).Conformance;
            return ids.Count == 0 ? row : row.WithTrait("Conformance", string.Join(' ', ids));
        });

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task Two_domains_keep_to_the_story(string story)
    {
        await using var host = new FederatedHost(domains);
        await ConversationRunner.Run(
            ConversationFile.Read(Folder, story), host, Cancel);
    }

    [Fact]
    public async Task A_passphrase_opens_a_subscription_to_somebody_of_another_domain()
    {
        await using var host = new FederatedHost(domains);
        await host.CreateUser("alice", "wonderland", Cancel);
        await host.CreateUser("bob@b.example", "builder", Cancel);
        var bob = await Asker.LogIn(host, Cancel, "bob@b.example:builder");
        Assert.Contains(" ok ", await bob.Ask("SET {0} ~/diary val=Nothing"), StringComparison.Ordinal);
        Assert.Contains(" ok ", await bob.Ask("SET {0} ~/pass/diary val=mellon"), StringComparison.Ordinal);
        Assert.Contains(
            " ok ", await bob.Ask("SETACL {0} ~/diary type=text/pip-acl", "allow pass:diary read,sub\r\n"u8.ToArray()),
            StringComparison.Ordinal);
        var alice = await Asker.LogIn(host, Cancel, "alice:wonderland");
        const string Ask = "SUB {0} bob@b.example/diary id=d expires=3600";

        Assert.Contains(" forbidden", await alice.Ask(Ask), StringComparison.Ordinal);
        var (salt, nonce) = await alice.ChallengeTo(Ask);
        Assert.Contains(" pass-required salt=", await alice.Ask($"{Ask} {Prove("a guess", salt, nonce)}"), StringComparison.Ordinal);
        (salt, nonce) = await alice.ChallengeTo(Ask);
        Assert.Contains(" id=d state=active", await alice.Ask($"{Ask} {Prove("mellon", salt, nonce)}"), StringComparison.Ordinal);
        Assert.Contains(" val=Nothing", await alice.Next("NOTIFY "), StringComparison.Ordinal);

        // A guess that is wrong ends nothing, a refresh needs no proof, and another passphrase ends it.
        (salt, nonce) = await alice.ChallengeTo(Ask);
        Assert.Contains(" pass-required salt=", await alice.Ask($"{Ask} {Prove("a guess", salt, nonce)}"), StringComparison.Ordinal);
        Assert.Contains(" id=d state=active", await alice.Ask(Ask), StringComparison.Ordinal);
        Assert.Contains(" val=Nothing", await alice.Next("NOTIFY "), StringComparison.Ordinal);
        await bob.Send("SET {0} ~/pass/diary val=another");
        Assert.Contains(" id=d state=terminated", await alice.Next("NOTIFY "), StringComparison.Ordinal);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Prove(string passphrase, string salt, string nonce) =>
        $"nonce={nonce} proof={PassphraseTests.Proof(passphrase, salt, nonce, "SUB", "bob@b.example/diary", "alice@a.example")}";
}
