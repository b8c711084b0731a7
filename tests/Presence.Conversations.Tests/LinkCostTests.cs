using System.Globalization;
using System.Text;
using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Conversations.Tests.Domains;
using Presence.Conversations.Tests.Node;
using Presence.Model.Addresses;

namespace Presence.Conversations.Tests;

/// <summary>What crosses between domains, counted and measured on the wire.</summary>
public sealed class LinkCostTests(OneDomain domain) : IClassFixture<OneDomain>
{
    /// <summary>Octets that benchmarks/README.md calculates with: a NOTIFY of a status and its ACK, both with CRLF.</summary>
    private const int NotificationOctets = 100;

    /// <summary><c>PRESENCE_EVENTS=100000</c> for a measurement.</summary>
    private static int Events { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("PRESENCE_EVENTS"), out var many) ? many : 500;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_of_a_group_crosses_once_for_five_hundred_members()
    {
        const int Members = 500;
        await domain.CreateUser("host");
        var host = await Asker.LogIn(new OneDomainHost(domain), Cancel, "host:wonderland");
        Assert.StartsWith("201 ", await host.Ask("CREATE {0} choir@a.example join=open send=members"), StringComparison.Ordinal);
        await using var peer = await domain.Link();
        for (var n = 0; n < Members; n++)
            Assert.StartsWith(
                $"200 {10 + n} ok", await peer.Ask($"JOIN {10 + n} choir@a.example from=member{n}@b.example"), StringComparison.Ordinal);

        peer.Reply = words => words[0] == "ROSTER" ? $"200 {words[1]} ok" : $"202 {words[1]} accepted";

        // Their names go once, the messages after it name the list.
        await host.Send("SEND {0} choir@a.example mid=g1 type=text/plain", "Hello"u8.ToArray());
        var roster = await peer.NextRequest();
        Assert.StartsWith("ROSTER ", roster, StringComparison.Ordinal);
        Assert.Contains(" choir@a.example from=choir@a.example epoch=", roster, StringComparison.Ordinal);
        Assert.Equal(
            Enumerable.Range(0, Members).Select(n => $"member{n}@b.example").Order(StringComparer.Ordinal),
            peer.Bodies[0].Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        var epoch = roster.Split(" epoch=")[1].Split(' ')[0];
        await host.Send("SEND {0} choir@a.example mid=g2 type=text/plain", "Again"u8.ToArray());
        foreach (var id in new[] { "g1", "g2" })
        {
            var words = (await peer.NextRequest()).Split(' ');
            Assert.Equal(("SEND", "b.example"), (words[0], words[2]));
            foreach (var word in new[] { "from=choir@a.example", "by=host@a.example", $"mid={id}", $"rcpt=@{epoch}" })
                Assert.Contains(word, words);
        }

        Assert.Equal("200 9000 pong", await peer.Ask("PING 9000"));
        Assert.Empty(peer.Requests);

        // Who leaves is all that is told of a new list.
        Assert.Equal("200 9001 ok", await peer.Ask("LEAVE 9001 choir@a.example from=member7@b.example"));
        await host.Send("SEND {0} choir@a.example mid=g3 type=text/plain", "Fewer"u8.ToArray());
        Assert.Contains($" base={epoch} ", await peer.NextRequest(), StringComparison.Ordinal);
        Assert.Equal("member7@b.example state=left\r\n", peer.Bodies[^1]);
        Assert.DoesNotContain($"rcpt=@{epoch} ", await peer.NextRequest(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notification_costs_no_more_than_the_table_of_costs_says()
    {
        var juliet = await domain.CreateUser("juliet");
        Assert.Null((await domain.Node.Grains.GetUser(juliet).SetAccess(new AccessListRequest(
            juliet, PropertyPath.Parse("status"), null, [new AccessLine("allow", "*@b.example", "read,sub", null)]))).Refusal);
        await using var peer = await domain.Connect();
        await peer.Bind(OneDomain.A, OneDomain.B, " features=ver-time");
        Assert.StartsWith(
            "200 10 ok", await peer.Ask("SUB 10 juliet@a.example/status from=romeo@b.example id=j1 expires=86400"), StringComparison.Ordinal);
        _ = await peer.NextEvent();

        // Somebody who comes is told; what is measured is each later change.
        var client = await Asker.LogIn(new OneDomainHost(domain), Cancel, "juliet:wonderland");
        domain.Clock.Advance(TimeSpan.FromSeconds(1));
        _ = await peer.NextEvent();
        await client.Send("SET {0} ~/ep/juliet/status val=away");
        domain.Clock.Advance(TimeSpan.FromSeconds(1));
        var notify = await peer.NextEvent();

        Assert.EndsWith(" val=away", notify, StringComparison.Ordinal);
        var octets = Encoding.UTF8.GetByteCount($"{notify}\r\nACK #100\r\n");
        Assert.InRange(octets, 70, NotificationOctets);
        TestContext.Current.TestOutputHelper!.WriteLine($"{octets} octets: {notify}");
    }

    [Fact]
    public async Task Events_that_come_together_are_acknowledged_together_and_a_version_tells_their_time()
    {
        var (carol, bob) = (Address.Parse("carol@a.example"), Address.Parse("bob@b.example"));
        await using var peer = await domain.Link();
        peer.Reply = words => $"200 {words[1]} ok id={words[4].Split('=')[1]} state=active view=v1 expires=3600";
        var mirror = domain.Node.Grains.GetMirror(carol.Domain, bob);
        var subscribing = mirror.Subscribe(new SubscribeRequest(
            carol, "s1", PropertyPath.Parse("status"), TimeSpan.FromHours(1), IsSessionBound: false, "nowhere"));
        Assert.StartsWith("SUB ", await peer.NextRequest(), StringComparison.Ordinal);
        Assert.Null((await subscribing).Refusal);

        var began = TimeProvider.System.GetTimestamp();
        await peer.WriteAll(Enumerable.Range(1, Events).Select(
            n => $"NOTIFY #{n} bob@b.example/status view=v1 ver={1_795_327_802_000_000 + n} val=v{n}"));
        await peer.Acknowledged(Events);
        var took = TimeProvider.System.GetElapsedTime(began);

        Assert.InRange(peer.Acknowledgements.Count, 1, Events / 4);
        var now = (await mirror.Attach(carol, "nowhere"))[0].Snapshot[0];
        Assert.Equal($"v{Events}", now.Value.Text);
        Assert.Equal(DateTimeOffset.Parse("2026-11-22T06:10:02Z", CultureInfo.InvariantCulture).AddMilliseconds(Events / 1000), now.ChangedAt);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Events / took.TotalSeconds:0} events/s, {peer.Acknowledgements.Count} ACK for {Events}"));
    }
}
