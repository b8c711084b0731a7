using Microsoft.Extensions.DependencyInjection;
using Presence.Federation.Dialing;
using Presence.Federation.Tests.Fakes;
using Presence.Locating.Dns;

namespace Presence.Federation.Tests.Dialing;

/// <summary>Which server is dialled, when the DNS tells several, none, or lies.</summary>
public sealed class ServerChoiceTests : IAsyncDisposable
{
    private const string Services = "_pips-server._tcp.b.example";

    private readonly TwoDomains _domains = new();
    private readonly FixedZone _zone = new();

    [Fact]
    public async Task The_next_server_is_dialled_when_one_is_dead()
    {
        var b = await _domains.Listening();
        _zone.Services[Services] = [new(10, 0, 1, "dead.example"), new(20, 0, b.End.Port, "live.example")];

        var outcome = await Dial();

        await using var connection = outcome.Connection!;
        Assert.Equal("live.example", connection.Server!.Value.Host);
    }

    [Fact]
    [Trait("Conformance", "LOC-07")]
    public async Task When_all_servers_are_dead_the_domain_itself_is_not_tried()
    {
        _zone.Services[Services] = [new(10, 0, 1, "dead.example")];

        Assert.Equal((504, "peer-timeout"), Told(await Dial()));
        Assert.DoesNotContain("b.example", _zone.AskedHosts);
    }

    [Fact]
    [Trait("Conformance", "LOC-08")]
    public async Task No_service_is_told_and_nobody_is_dialled()
    {
        _zone.Services[Services] = [new(0, 0, 0, "")];

        Assert.Equal((502, "no-service"), Told(await Dial()));
        Assert.Empty(_zone.AskedHosts);
    }

    [Fact]
    [Trait("Conformance", "LOC-12")]
    public async Task A_certificate_of_the_target_alone_proves_nothing()
    {
        var provider = await _domains.Start(
            new HostedNames().Add("b.example", _domains.Authority.Issue("gateway.provider.example")), _domains.Open());
        _zone.Services[Services] = [new(0, 0, provider.End.Port, "gateway.provider.example")];

        Assert.Equal((502, "peer-unverified"), Told(await Dial()));
    }

    [Fact]
    public async Task Poisoned_answers_lead_to_a_stranger_who_proves_nothing()
    {
        var stranger = await _domains.Listening("evil.example");
        _zone.Services[Services] = [new(0, 0, stranger.End.Port, "live.example")];

        Assert.Equal((502, "peer-unverified"), Told(await Dial()));
    }

    [Fact]
    public async Task A_domain_that_could_not_be_proven_is_left_alone_for_a_while()
    {
        var stranger = await _domains.Listening("evil.example");
        _zone.Services[Services] = [new(0, 0, stranger.End.Port, "live.example")];
        var a = await Dialling();

        await a.Dialer.Dial(TwoDomains.A, TwoDomains.B, Deadline.Token);
        var asked = _zone.AskedHosts.Count;
        await a.Dialer.Dial(TwoDomains.A, TwoDomains.B, Deadline.Token);

        Assert.Equal(asked, _zone.AskedHosts.Count);
    }

    [Fact]
    public async Task A_server_that_is_overloaded_is_dialled_after_the_others()
    {
        var b = await _domains.Listening();
        _zone.Services[Services] = [new(10, 0, b.End.Port, "one.example"), new(20, 0, b.End.Port, "two.example")];
        var a = await Dialling();
        await using var first = (await a.Dialer.Dial(TwoDomains.A, TwoDomains.B, Deadline.Token)).Connection!;
        Assert.Equal("one.example", first.Server!.Value.Host);

        a.Dialer.Report(first, TimeSpan.FromSeconds(60));
        await using var second = (await a.Dialer.Dial(TwoDomains.A, TwoDomains.B, Deadline.Token)).Connection!;

        Assert.Equal("two.example", second.Server!.Value.Host);
    }

    public ValueTask DisposeAsync() => _domains.DisposeAsync();

    private Task<PeerNode> Dialling() => _domains.Start(
        new HostedNames().Add("a.example", _domains.Authority.Issue("a.example")), _domains.Open(),
        services => services.AddSingleton<IDnsResolver>(_zone));

    private async Task<DialOutcome> Dial() =>
        await (await Dialling()).Dialer.Dial(TwoDomains.A, TwoDomains.B, Deadline.Token);

    private static (int Code, string Reason) Told(DialOutcome outcome) =>
        (outcome.Failure!.Refusal.Code, outcome.Failure.Refusal.Reason);
}
