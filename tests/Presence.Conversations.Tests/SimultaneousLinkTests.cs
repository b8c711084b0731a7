using Presence.Contracts;
using Presence.Contracts.Peers;
using Presence.Conversations.Tests.Domains;

namespace Presence.Conversations.Tests;

/// <summary>a.example and b.example connect to each other at once. The connection that a.example has opened stays: it sorts lower.</summary>
public sealed class SimultaneousLinkTests : IAsyncLifetime
{
    private readonly RawHome _home = new();
    private readonly OneDomain _domain;

    public SimultaneousLinkTests() => _domain = new OneDomain
    {
        Settings = [$"--Presence:Federation:Peers:b.example:Address=127.0.0.1:{_home.Port}"],
    };

    public ValueTask InitializeAsync() => _domain.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _domain.DisposeAsync();
        await _home.DisposeAsync();
    }

    [Fact, Trait("Conformance", "FED-02")]
    public async Task Two_connections_become_one_and_what_was_asked_on_either_is_answered()
    {
        var asked = Ask("one");
        await using var theirs = await _home.Accept(_domain.Issue("b.example"), TestContext.Current.CancellationToken);
        await Greet(theirs);

        // While they are still at their first words, ours comes and is taken.
        await using var ours = await _domain.Connect();
        Assert.Contains("sid=", await ours.Bind("a.example", "b.example"), StringComparison.Ordinal);
        var first = (await ours.Read()).Line;
        Assert.Contains(" one@b.example/status ", first, StringComparison.Ordinal);

        // Now theirs is bound too: it wins, ours is told so, and what has no answer yet is asked again.
        await theirs.Write("200 4 ok sid=s-test key=none ttl=600");
        Assert.Equal("421 0 replaced", (await ours.Read()).Line);
        Assert.Equal("closed", (await ours.Read()).Line);
        var again = await theirs.NextRequest();
        Assert.Equal(first, again);
        Assert.Equal(202, (await asked)?.Code);

        // Whoever connects once more finds that one is enough, and is served until he goes.
        await using var spare = await _domain.Link();
        Assert.Equal("403 10 forbidden", await spare.Ask("GET 10 nobody@a.example/status from=bob@b.example"));
        var later = Ask("two");
        Assert.Contains(" two@b.example/status ", await theirs.NextRequest(), StringComparison.Ordinal);
        Assert.Equal(202, (await later)?.Code);
        Assert.Equal("221 11 bye", await spare.Ask("QUIT 11"));
        Assert.Empty(spare.Requests);
    }

    private Task<Contracts.Routes.SavedReply?> Ask(string local) => _domain.Node.Grains.GetPeerDomain(OneDomain.PairWith("b.example")).Ask(
        new PeerRequest(
            "GET", $"{local}@b.example/status", [new("from", "alice@a.example")], null,
            _domain.Clock.GetUtcNow() + TimeSpan.FromSeconds(30)));

    private static async Task Greet(RawPeer peer)
    {
        await peer.Write("220 0 ready v=1.0 id=b");
        Assert.StartsWith("HELLO 1 b.example ", (await peer.Read()).Line, StringComparison.Ordinal);
        await peer.Write("200 1 ok v=1.0 domain=b.example auth=EXTERNAL inflight=64");
        Assert.StartsWith("AUTH 2 EXTERNAL ", (await peer.Read()).Line, StringComparison.Ordinal);
        await peer.Write("200 2 ok user=a.example");
        Assert.StartsWith("BIND 4 ", (await peer.Read()).Line, StringComparison.Ordinal);
    }
}
