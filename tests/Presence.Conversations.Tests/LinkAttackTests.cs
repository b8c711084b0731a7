using System.Globalization;
using System.Security.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Presence.Contracts;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Conversations.Tests.Domains;
using Presence.Conversations.Tests.Node;
using Presence.Model.Addresses;
using Presence.Testing.Wire;

namespace Presence.Conversations.Tests;

/// <summary>What a hostile domain can do to a node, and that the other domains notice nothing of it.</summary>
public sealed class LinkAttackTests : IAsyncLifetime
{
    private const string Hostile = "b.example";
    private const string Bystander = "c.example";
    private const int Burst = 20;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeLoggerProvider _log = new();
    private readonly OneDomain _domain;

    public LinkAttackTests() => _domain = new OneDomain
    {
        Configure = services => services.AddSingleton<ILoggerProvider>(_log),
        Trust = "Open",
        Settings =
        [
            "--Presence:Federation:Links:RequestsPerSecond=10",
            $"--Presence:Federation:Links:RequestBurst={Burst}",
            "--Presence:Federation:Links:PersonRequestsPerSecond=1",
            "--Presence:Federation:Links:PersonRequestBurst=5",
            "--Presence:Federation:Links:PersonSubscriptionsPerHour=4",
            "--Presence:Federation:Links:PersonPendingPerDay=2",
        ],
    };

    public async ValueTask InitializeAsync()
    {
        await _domain.InitializeAsync();
        var alice = await _domain.CreateUser("alice");
        Assert.Null((await _domain.Node.Grains.GetUser(alice).SetAccess(new AccessListRequest(
            alice, PropertyPath.Parse("status"), null, [new AccessLine("allow", "*@c.example", "read,sub", null)]))).Refusal);
    }

    public ValueTask DisposeAsync() => _domain.DisposeAsync();

    [Fact]
    public async Task A_domain_that_floods_is_slowed_down_and_then_cut_off_and_others_are_answered()
    {
        await using var other = await _domain.Link(Bystander);
        await using var flood = await _domain.Link(Hostile);
        var tag = 100;
        string? last = null;
        for (var round = 0; last?.StartsWith("421 ", StringComparison.Ordinal) != true; round++)
        {
            Assert.True(round < 30, $"It goes on: {last}");
            Assert.Equal($"200 {10 + round} ok", Start(await other.Ask(Query(10 + round)), 3));
            for (var n = 0; n < Burst + 5; n++)
            {
                if ((last = await flood.Ask($"PING {++tag}")) is var answer && answer == "closed" || answer.StartsWith("421 ", StringComparison.Ordinal))
                    break;
            }

            Assert.True(last == $"429 {tag} slow-down retry=1" || last == "421 0 overloaded retry=600", last);
            _domain.Clock.Advance(Second * 1.5);
            await _domain.ReportsAreIn(Hostile, Bystander);
        }

        Assert.Equal("closed", (await flood.Read()).Line);
        await IsLeftAlone(Hostile, 600);
    }

    [Fact]
    public async Task A_domain_that_speaks_for_others_is_left_alone_for_longer_each_time()
    {
        await using var other = await _domain.Link(Bystander);
        foreach (var pause in new[] { 600, 1200 })
        {
            await using (var peer = await _domain.Link(Hostile))
            {
                for (var tag = 10; tag < 20; tag++)
                    Assert.Equal($"403 {tag} forbidden param=from", await peer.Ask($"GET {tag} alice@a.example/status from=eve@d.example"));
                Assert.Equal("403 20 forbidden param=from", await peer.Ask("GET 20 alice@a.example/status from=eve@d.example"));
                Assert.Equal($"421 0 overloaded retry={pause}", (await peer.Read()).Line);
                Assert.Equal("closed", (await peer.Read()).Line);
            }

            if (pause == 600)
                Assert.Equal("200 9 pong", await other.Ask("PING 9"));
            await IsLeftAlone(Hostile, pause);
        }
    }

    [Fact]
    public async Task What_is_no_frame_is_a_misdeed_too()
    {
        await using var peer = await _domain.Link(Hostile);
        for (var tag = 10; tag < 21; tag++)
            Assert.StartsWith("400 ", await peer.Ask($"GET {tag} alice@a.example/status from=eve@d.example from=eve@d.example"), StringComparison.Ordinal);

        Assert.Equal("421 0 overloaded retry=600", await peer.Ask("PING 30"));
    }

    [Theory]
    [InlineData("of another domain", "evil.example")]
    [InlineData("of the server that the record names", "pip.b.example")]
    [InlineData("that names everybody below it", "*.example")]
    public async Task A_certificate_that_is_not_the_domains_own_lets_nobody_in_and_others_notice_nothing(string kind, string name)
    {
        Assert.NotEmpty(kind);
        await using var other = await _domain.Link(Bystander);
        await using var peer = await _domain.Connect(OneDomain.A, [name]);
        await peer.Read();
        Assert.StartsWith("200 1 ok", await peer.Ask("HELLO 1 a.example v=1.0 role=server from=b.example"), StringComparison.Ordinal);
        for (var tag = 2; tag < 5; tag++)
            Assert.Equal($"435 {tag} auth-failed", await peer.Ask($"AUTH {tag} EXTERNAL data=Yi5leGFtcGxl"));
        Assert.Equal("closed", (await peer.Read()).Line);

        Assert.Equal("200 10 ok", Start(await other.Ask(Query(10)), 3));
    }

    [Fact]
    public async Task Whoever_wants_a_domain_that_is_not_hosted_is_told_so_and_others_notice_nothing()
    {
        await using var other = await _domain.Link(Bystander);
        await using var peer = await _domain.Connect(Hostile);
        await peer.Read();
        Assert.Equal("421 0 wrong-host", await peer.Ask("HELLO 1 d.example v=1.0 role=server from=b.example"));
        Assert.Equal("closed", (await peer.Read()).Line);

        // Nor is there a certificate for it, which is asked for before.
        await Assert.ThrowsAsync<AuthenticationException>(() => _domain.Connect("d.example", [Hostile]));
        Assert.Equal("200 10 ok", Start(await other.Ask(Query(10)), 3));
    }

    [Fact]
    public async Task One_person_who_asks_too_much_is_refused_and_nobody_else()
    {
        await using var other = await _domain.Link(Bystander);
        await using var peer = await _domain.Link(Hostile);
        for (var tag = 10; tag < 15; tag++)
            Assert.Equal($"403 {tag} forbidden", await peer.Ask($"GET {tag} alice@a.example/status from=eve@b.example"));

        Assert.Equal(
            "429 15 slow-down retry=1 param=from", await peer.Ask("GET 15 alice@a.example/status from=eve@b.example"));
        Assert.Equal("403 16 forbidden", await peer.Ask("GET 16 alice@a.example/status from=bob@b.example"));
        Assert.Equal("200 10 ok", Start(await other.Ask(Query(10)), 3));

        // Four subscriptions within an hour, and refreshing them. One id may stand for several.
        for (var n = 0; n < 4; n++)
            Assert.Equal($"200 {20 + n} ok", Start(await other.Ask(Granted(20 + n, n)), 3));
        Assert.Equal("429 24 slow-down retry=60 param=from", await other.Ask(Granted(24, 4)));
        _domain.Clock.Advance(Second * 2);
        Assert.Equal("200 25 ok", Start(await other.Ask(Granted(25, 0)), 3));
    }

    [Fact, Trait("Conformance", "FED-09")]
    public async Task A_domain_that_never_reads_holds_up_only_itself()
    {
        const int Octets = 250_000;
        await using var silent = await _domain.Link(Hostile);
        await using var other = await _domain.Link(Bystander);
        var grain = _domain.Node.Grains.GetPeerDomain(OneDomain.PairWith(Hostile));
        var taken = 0;
        while (await grain.Post(Message($"m{taken}", new byte[Octets])))
            taken++;

        // What waits is bounded, and nobody else waits for it.
        Assert.InRange(taken * Octets, 8 * 1024 * 1024, 17 * 1024 * 1024);
        Assert.StartsWith("200 10 ok", await other.Ask(Query(10)), StringComparison.Ordinal);

        // As long as the link stands there is no room for one more; when it is cut there is nobody to send it to.
        var tag = 10;
        SavedReply? answer;
        while ((answer = await grain.Ask(Message("late", new byte[Octets])))?.Code == 503)
        {
            _domain.Clock.Advance(Second);
            await _domain.ReportsAreIn(Hostile, Bystander);
            Assert.Equal($"200 {++tag} pong", await other.Ask($"PING {tag}"));
        }

        Assert.Equal(504, answer?.Code);
        await Ends(silent);
    }

    [Fact]
    public async Task Two_requests_a_day_may_wait_for_a_decision_whether_there_is_anybody_to_decide_or_not()
    {
        var juliet = await _domain.CreateUser("juliet");
        await using var peer = await _domain.Link(Hostile);
        Assert.Equal("202 10 pending", Start(await peer.Ask(Subscription(10, "s0")), 3));
        Assert.Equal("202 11 pending", Start(await peer.Ask(Subscription(11, "s1", "juliet")), 3));

        foreach (var (tag, whom) in new[] { (12, "nobody"), (13, "juliet") })
            Assert.Equal($"429 {tag} slow-down retry=86400 param=from", await peer.Ask(Subscription(tag, "s3", whom)));

        // What waits already is no new request, others have their own two, and who is let in waits no more.
        Assert.Equal("202 14 pending", Start(await peer.Ask(Subscription(14, "s0")), 3));
        Assert.Equal("202 15 pending", Start(await peer.Ask(Subscription(15, "s3", "juliet", "eve")), 3));
        Assert.Null((await _domain.Node.Grains.GetUser(juliet).Approve(new ApprovalRequest(
            juliet, default, Address.Parse("mallory@b.example"), null))).Refusal);
        Assert.Contains(" id=s1 ", await peer.NextEvent(), StringComparison.Ordinal);
        _domain.Clock.Advance(Second * 2);
        Assert.Equal("200 16 ok", Start(await peer.Ask(Subscription(16, "s1", "juliet")), 3));
        Assert.Equal("202 17 pending", Start(await peer.Ask(Subscription(17, "s3")), 3));
    }

    [Fact]
    public async Task Whoever_does_not_stop_is_reported_to_his_home_once()
    {
        await using var peer = await _domain.Link(Hostile);
        for (var tag = 10; tag < 26; tag++)
            await peer.Ask($"GET {tag} alice@a.example/status from=eve@b.example");

        var report = await peer.NextEvent();
        Assert.StartsWith("INFO #1 abuse@b.example what=abuse who=eve@b.example t=", report, StringComparison.Ordinal);
        Assert.Equal("200 40 pong", await peer.Ask("PING 40"));
        Assert.Empty(peer.Events);
    }

    [Fact]
    public async Task A_report_of_one_of_ours_is_logged_and_one_of_anybody_else_is_not()
    {
        await using var peer = await _domain.Link(Hostile);
        foreach (var (number, who) in new[] { (1, "alice@a.example"), (2, "alice@a.example"), (3, "carol@c.example"), (4, "nonsense") })
            await peer.Write($"INFO #{number} abuse@a.example what=abuse who={who} t=2026-11-22T06:10:00.000Z");
        Assert.Equal("200 10 pong", await peer.Ask("PING 10"));

        Assert.Equal(
            "b.example reports alice@a.example, who asks too much there and does not stop.",
            Assert.Single(_log.Collector.GetSnapshot(), record => record.Id.Id == 2072).Message);
    }

    [Fact]
    public async Task One_of_ours_who_asks_another_domain_too_much_hears_it_himself()
    {
        await using var peer = await _domain.Link(Hostile);
        peer.Reply = words => $"429 {words[1]} slow-down retry=86400 param=from";
        var alice = await Asker.LogIn(new OneDomainHost(_domain), TestContext.Current.CancellationToken, "alice:wonderland");

        var answer = alice.Ask("SUB {0} bob@b.example/status id=s1 expires=3600");
        Assert.StartsWith("SUB ", await peer.NextRequest(), StringComparison.Ordinal);

        Assert.EndsWith(" slow-down retry=86400", await answer, StringComparison.Ordinal);
        Assert.EndsWith(" no-such-transaction", await alice.Ask("UNSUB {0} s1"), StringComparison.Ordinal);
    }

    private static string Granted(int tag, int n) =>
        $"SUB {tag} alice@a.example/status{new string[] { "", "/a", "/b", "/c", "/d" }[n]} from=dave@c.example id=s expires=3600";

    private static string Subscription(int tag, string id, string whom = "nobody", string who = "mallory") =>
        $"SUB {tag} {whom}@a.example/status from={who}@b.example id={id} expires=3600";

    /// <summary>Nothing is heard of it until its time is over.</summary>
    private async Task IsLeftAlone(string speaker, int seconds)
    {
        await using (var again = await _domain.Connect(speaker))
        {
            await again.Read();
            Assert.StartsWith("200 1 ok", await again.Ask($"HELLO 1 a.example v=1.0 role=server from={speaker}"), StringComparison.Ordinal);
            var data = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(speaker));
            var refused = await again.Ask($"AUTH 2 EXTERNAL data={data}");
            Assert.StartsWith("421 0 overloaded retry=", refused, StringComparison.Ordinal);
            Assert.InRange(int.Parse(refused.Split("retry=")[1], CultureInfo.InvariantCulture), seconds - 2, seconds);
        }

        _domain.Clock.Advance(TimeSpan.FromSeconds(seconds + 1));
        await (await _domain.Link(speaker)).DisposeAsync();
    }

    private static string Query(int tag) => $"GET {tag} alice@a.example/status from=carol@c.example";

    private PeerRequest Message(string id, byte[] body) => new(
        "SEND", $"bob@{Hostile}", [new("from", "alice@a.example"), new("mid", id), new("type", "text/plain")], body,
        _domain.Clock.GetUtcNow() + TimeSpan.FromDays(1));

    private static string Start(string line, int words) => string.Join(' ', line.Split(' ').Take(words));

    /// <summary>All that was on its way can be read, and then nothing: it was cut inside a frame, without a last word.</summary>
    private static async Task Ends(RawPeer peer)
    {
        try
        {
            while ((await peer.Read()).Line != "closed")
            {
            }
        }
        catch (Exception cut) when (cut is WireException or IOException)
        {
            // Half a frame, or a reset.
        }
    }
}
