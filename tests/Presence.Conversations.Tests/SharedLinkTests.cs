using Presence.Contracts;
using Presence.Contracts.Peers;
using Presence.Contracts.Users;
using Presence.Conversations.Tests.Domains;
using Presence.Model.Addresses;

namespace Presence.Conversations.Tests;

/// <summary>One link for several domains: a.example and c.example share a server and its certificate.</summary>
public sealed class SharedLinkTests : IAsyncLifetime
{
    private static readonly Address Carol = Address.Parse("carol@c.example");
    private static readonly Address Bob = Address.Parse("bob@b.example");

    private readonly OneDomain _domain = new()
    {
        Trust = "Open",
        Names = ["a.example", "c.example"],
        Settings = ["--Presence:Domains:1=c.example"],
    };

    public ValueTask InitializeAsync() => _domain.InitializeAsync();

    public ValueTask DisposeAsync() => _domain.DisposeAsync();

    [Fact]
    public async Task A_second_domain_of_ours_is_claimed_on_the_link_that_stands()
    {
        await using var peer = await _domain.Link();
        peer.Reply = words => words[0] == "CLAIM"
            ? $"200 {words[1]} ok user=c.example"
            : $"200 {words[1]} ok {words.Single(word => word.StartsWith("id=", StringComparison.Ordinal))} state=active view=v1 expires=3600";
        var mirror = _domain.Node.Grains.GetMirror(Carol.Domain, Bob);
        var subscribing = mirror.Subscribe(new SubscribeRequest(
            Carol, "s1", PropertyPath.Parse("status"), TimeSpan.FromHours(1), IsSessionBound: false, "nowhere"));

        var claim = (await peer.NextRequest()).Split(' ');
        Assert.Equal(("CLAIM", "c.example", $"id={peer.Session}"), (claim[0], claim[2], claim[4]));
        Assert.Contains(" from=carol@c.example ", await peer.NextRequest(), StringComparison.Ordinal);
        await peer.Write("NOTIFY #1 bob@b.example/status to=c.example view=v1 ver=100 val=online t=2026-11-22T06:00:00.000Z");
        Assert.Equal("200 10 pong", await peer.Ask("PING 10"));
        Assert.Null((await subscribing).Refusal);
        Assert.Equal("online", (await mirror.Attach(Carol, "nowhere"))[0].Snapshot[0].Value.Text);

        // Both ways: what b.example asks of c.example comes on the same link, and what is of neither does not.
        Assert.Equal("403 11 forbidden", await peer.Ask("GET 11 nobody@c.example/status from=bob@b.example"));
        Assert.Equal("502 12 no-service", await peer.Ask("GET 12 nobody@d.example/status from=bob@b.example"));

        // Whoever does not believe it asks c.example, whose certificate it must be.
        await using var asking = await _domain.Connect("c.example", ["b.example"]);
        await asking.Read();
        Assert.StartsWith("200 1 ok", await asking.Ask("HELLO 1 c.example v=1.0 role=server from=b.example"), StringComparison.Ordinal);
        Assert.Equal("200 2 ok", await asking.Ask($"VERIFY 2 c.example {claim[3]} {claim[4]}"));
        Assert.Equal("403 3 forbidden", await asking.Ask($"VERIFY 3 c.example {claim[3]} id=s-another"));
        Assert.Equal("403 4 forbidden", await asking.Ask($"VERIFY 4 a.example {claim[3]} {claim[4]}"));
    }

    [Fact]
    public async Task A_second_domain_of_theirs_needs_no_call_back_if_their_certificate_names_it()
    {
        await using var peer = await _domain.Link(["b.example", "e.example"]);
        Assert.Equal("403 10 forbidden param=from", await peer.Ask("GET 10 nobody@a.example/status from=eve@e.example"));

        Assert.Equal("200 11 ok user=e.example", await peer.Ask($"CLAIM 11 e.example id={peer.Session} key=none"));
        Assert.Equal("501 12 not-implemented", await peer.Ask($"CLAIM 12 f.example id={peer.Session} key=none"));

        Assert.Equal("403 13 forbidden", await peer.Ask("GET 13 nobody@a.example/status from=eve@e.example"));
        var grain = _domain.Node.Grains.GetPeerDomain(OneDomain.PairWith("e.example"));
        var asked = grain.Ask(new PeerRequest(
            "GET", "eve@e.example/status", [new("from", "alice@a.example")], null, _domain.Clock.GetUtcNow() + TimeSpan.FromSeconds(30)));
        Assert.Contains(" eve@e.example/status from=alice@a.example", await peer.NextRequest(), StringComparison.Ordinal);
        Assert.Equal(202, (await asked)?.Code);
    }

    [Fact]
    public async Task A_domain_that_is_blocked_leaves_the_link_to_the_others()
    {
        await using var peer = await _domain.Link(["b.example", "e.example"]);
        Assert.Equal("200 10 ok user=e.example", await peer.Ask($"CLAIM 10 e.example id={peer.Session} key=none"));

        _domain.Node.Configure("Presence:Federation:Peers:e.example:Blocked", "true");

        Assert.Equal("403 11 forbidden param=from", await peer.Ask("GET 11 nobody@a.example/status from=eve@e.example"));
        Assert.Equal("403 12 forbidden", await peer.Ask($"CLAIM 12 e.example id={peer.Session} key=none"));
        Assert.Equal("403 13 forbidden", await peer.Ask("GET 13 nobody@a.example/status from=bob@b.example"));
    }
}
