using Presence.Locating.Dns;
using Presence.Locating.Tests.Fakes;
using Presence.Model.Addresses;
using Presence.Model.Locating;

namespace Presence.Locating.Tests;

public sealed class ServerLocatorTests
{
    private static readonly Domain A = Domain.Parse("a.example");

    private readonly ZoneResolver _zone = new();

    [Fact]
    [Trait("Conformance", "LOC-06")]
    public async Task Servers_come_by_priority()
    {
        Zone(new SrvRecord(20, 0, 7752, "second.example"), new SrvRecord(10, 0, 7751, "first.example"));

        Assert.Equal(["first.example:7751", "second.example:7752"], Names(await Locate()));
    }

    [Fact]
    [Trait("Conformance", "LOC-07")]
    public async Task Without_a_record_the_domain_itself_is_taken_and_with_one_it_is_not()
    {
        Assert.Equal(["a.example:7751"], Names(await Locate()));

        Zone(new SrvRecord(10, 0, 7751, "dead.example"));
        Assert.Equal(["dead.example:7751"], Names(await Locate()));
    }

    [Fact]
    [Trait("Conformance", "LOC-08")]
    public async Task A_single_dot_means_that_there_is_no_service()
    {
        Zone(new SrvRecord(0, 0, 0, ""));
        Assert.Equal(LocateOutcome.NoService, (await Locate()).Outcome);

        Zone(new SrvRecord(0, 0, 1, ""), new SrvRecord(0, 0, 7751, "gw.example"));
        Assert.Equal(["gw.example:7751"], Names(await Locate()));
    }

    [Fact]
    [Trait("Conformance", "LOC-09")]
    public async Task When_nobody_answers_nothing_is_guessed()
    {
        _zone.Services["_pips-server._tcp.a.example"] = DnsAnswer.Failed<SrvRecord>("server failure");

        var located = await Locate();

        Assert.Equal((LocateOutcome.Temporary, "server failure"), (located.Outcome, located.Why));
    }

    [Theory]
    [Trait("Conformance", "LOC-15")]
    [InlineData("im", "_im._pip.a.example")]
    [InlineData("pres", "_pres._pip.a.example")]
    public async Task Mail_like_URIs_have_records_of_their_own(string scheme, string name)
    {
        _zone.Services[name] = ZoneResolver.Records(ZoneResolver.Minute, new SrvRecord(0, 0, 7999, "entry.example"));

        var located = await new ServerLocator(_zone).Locate(A, PipService.OfScheme(scheme)!, Deadline.Token);

        Assert.Equal(["entry.example:7999"], Names(located));
    }

    [Fact]
    public async Task Targets_that_are_no_hosts_are_passed_over()
    {
        Zone(new SrvRecord(0, 0, 7751, "a?b.example"), new SrvRecord(0, 0, 0, "gw.example"), new SrvRecord(9, 0, 1, "ok.example"));

        Assert.Equal(["ok.example:1"], Names(await Locate()));
    }

    [Fact]
    public async Task An_address_in_brackets_is_not_looked_up()
    {
        var located = await new ServerLocator(_zone)
            .Locate(Domain.Parse("[2001:db8::1]"), PipService.Server, Deadline.Token);

        Assert.Equal(["[2001:db8::1]:7751"], Names(located));
        Assert.Equal(0, _zone.Asked);
    }

    private void Zone(params SrvRecord[] records) =>
        _zone.Services["_pips-server._tcp.a.example"] = ZoneResolver.Records(ZoneResolver.Minute, records);

    private Task<Located> Locate() => new ServerLocator(_zone).Locate(A, PipService.Server, Deadline.Token);

    private static IEnumerable<string> Names(Located located) => located.Servers.Select(server => server.ToString());
}
