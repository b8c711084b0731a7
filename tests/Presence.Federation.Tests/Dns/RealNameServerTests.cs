using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Presence.Federation.Tests.Fakes;
using Presence.Locating;
using Presence.Locating.Dns;
using Presence.Model.Addresses;
using Presence.Model.Locating;
using Presence.Testing.Dns;

namespace Presence.Federation.Tests.Dns;

/// <summary>The same with a name server that is not ours: Debian's knot.</summary>
public sealed class RealNameServerTests : IAsyncDisposable
{
    private const string Zone = """
        _pips-server._tcp.b      SRV 10 0 7751 gw1.b
        _pips-server._tcp.b      SRV 20 0 7752 gw2.b
        gw1.b                    A 127.0.0.1
        gw2.b                    AAAA ::1
        _pips-server._tcp.alias  CNAME _pips-server._tcp.b
        _pips-server._tcp.closed SRV 0 0 0 .
        """;

    private readonly TwoDomains _domains = new();
    private readonly List<KnotServer> _servers = [];

    [Theory]
    [InlineData("b.example", "gw1.b.example:7751 gw2.b.example:7752")]
    [InlineData("alias.example", "gw1.b.example:7751 gw2.b.example:7752")]
    [InlineData("nothing.example", "nothing.example:7751")]
    [InlineData("closed.example", "")]
    public async Task Servers_are_found_as_the_zone_says(string domain, string expected)
    {
        var resolver = ResolverAt(await Knot(Zone));

        var located = await new ServerLocator(resolver).Locate(Domain.Parse(domain), PipService.Server, Deadline.Token);

        Assert.Equal(expected, string.Join(' ', located.Servers));
        Assert.Equal(expected.Length > 0 ? LocateOutcome.Found : LocateOutcome.NoService, located.Outcome);
    }

    [Fact]
    public async Task That_there_is_none_is_told_with_the_minimum_of_the_zone()
    {
        var answer = await ResolverAt(await Knot(Zone)).FindServices("_pips-server._tcp.nothing.example", Deadline.Token);

        Assert.Equal((DnsOutcome.Missing, TimeSpan.FromSeconds(45)), (answer.Outcome, answer.TimeToLive));
    }

    [Fact]
    public async Task An_answer_that_does_not_fit_comes_over_TCP()
    {
        var many = Enumerable.Range(0, 100).Select(i => $"_pips-server._tcp.big SRV {i} 0 7751 gateway-number-{i}.big");

        var answer = await ResolverAt(await Knot(string.Join('\n', many)))
            .FindServices("_pips-server._tcp.big.example", Deadline.Token);

        Assert.Equal(100, answer.Records.Count);
    }

    [Fact]
    public async Task A_dialled_domain_is_where_the_zone_says_also_after_it_has_moved()
    {
        var first = await _domains.Listening();
        var second = await _domains.Listening();
        var knot = await Knot(ZoneOf(first));
        var a = await _domains.Start(
            new HostedNames().Add("a.example", _domains.Authority.Issue("a.example")), _domains.Open(),
            services => services.AddSingleton<IDnsResolver>(ResolverAt(knot)));
        Assert.Equal(first.End.Port, await DialledPort(a));

        await knot.Change(ZoneOf(second), Deadline.Token);

        // The name server reads its zone in its own time.
        var deadline = Deadline.Token;
        while (await DialledPort(a) != second.End.Port)
            deadline.ThrowIfCancellationRequested();
    }

    [Fact]
    [Trait("Conformance", "LOC-09")]
    public async Task While_the_name_server_is_dead_or_frozen_what_was_known_is_used()
    {
        var knot = await Knot(Zone);
        var time = new FakeTimeProvider();
        var resolver = new CachingResolver(ResolverAt(knot), time, () => 0);
        Assert.Equal(2, (await Find(resolver)).Count);

        await knot.Freeze(Deadline.Token);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, (await Find(resolver)).Count);
        await knot.Thaw(Deadline.Token);

        await knot.Kill(Deadline.Token);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, (await Find(resolver)).Count);
        var unknown = await resolver.FindAddresses("gw1.b.example", AddressFamily.InterNetwork, Deadline.Token);
        Assert.Equal(DnsOutcome.Failed, unknown.Outcome);
    }

    public async ValueTask DisposeAsync()
    {
        await _domains.DisposeAsync();
        foreach (var server in _servers)
            await server.DisposeAsync();
    }

    private static string ZoneOf(PeerNode node) => $"""
        _pips-server._tcp.b SRV 0 0 {node.End.Port} gw.b
        gw.b                A 127.0.0.1
        """;

    private static async Task<int> DialledPort(PeerNode node)
    {
        await using var connection = (await node.Dialer.Dial(TwoDomains.A, TwoDomains.B, Deadline.Token)).Connection!;
        return connection.Server!.Value.Port;
    }

    private static async Task<IReadOnlyList<SrvRecord>> Find(CachingResolver resolver) =>
        (await resolver.FindServices("_pips-server._tcp.b.example", Deadline.Token)).Records;

    private static DnsResolver ResolverAt(KnotServer knot) => new(
        new DnsOptions { Servers = [$"{knot.End}"], Timeout = TimeSpan.FromSeconds(1) }, TimeProvider.System);

    private async Task<KnotServer> Knot(string zone)
    {
        var server = await KnotServer.Start(zone, Deadline.Token);
        _servers.Add(server);
        return server;
    }
}
