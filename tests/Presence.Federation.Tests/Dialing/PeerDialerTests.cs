using System.Net;
using System.Net.Sockets;
using System.Text;
using Presence.Federation.Dialing;
using Presence.Federation.Peers;
using Presence.Federation.Tests.Fakes;
using Presence.Model.Addresses;

namespace Presence.Federation.Tests.Dialing;

public sealed class PeerDialerTests : IAsyncDisposable
{
    private readonly TwoDomains _domains = new();

    [Fact]
    public async Task Both_sides_of_a_connection_know_whom_they_speak_with()
    {
        var b = await _domains.Listening();
        var a = await _domains.Dialling(_domains.Open(("b.example", At(b))));

        var outcome = await a.Dialer.Dial(TwoDomains.A, TwoDomains.B, Deadline.Token);

        Assert.Null(outcome.Failure);
        await using var connection = outcome.Connection!;
        var accepted = await b.Acceptor.Next();
        Assert.Equal((TwoDomains.A, TwoDomains.B), (connection.Local, accepted.Local));
        Assert.Equal([TwoDomains.B], connection.Proven);
        Assert.Equal([TwoDomains.A], accepted.Proven);
    }

    [Fact]
    public async Task Octets_go_both_ways()
    {
        var b = await _domains.Listening();
        var a = await _domains.Dialling(_domains.Open(("b.example", At(b))));
        await using var connection = (await a.Dialer.Dial(TwoDomains.A, TwoDomains.B, Deadline.Token)).Connection!;

        await connection.Transport.Pipe.Output.WriteAsync("PING 1\r\n"u8.ToArray(), Deadline.Token);

        var expected = EchoAcceptor.Greeting + "PING 1\r\n";
        var read = await connection.Transport.Pipe.Input.ReadAtLeastAsync(expected.Length, Deadline.Token);
        Assert.Equal(expected, Encoding.ASCII.GetString(read.Buffer));
    }

    [Fact]
    public async Task A_certificate_for_another_domain_ends_in_peer_unverified()
    {
        var hosted = new HostedNames().Add("b.example", _domains.Authority.Issue("c.example"));
        var impostor = await _domains.Start(hosted, _domains.Open());
        var a = await _domains.Dialling(_domains.Open(("b.example", At(impostor))));

        var outcome = await a.Dialer.Dial(TwoDomains.A, TwoDomains.B, Deadline.Token);

        Assert.Equal((502, "peer-unverified"), Told(outcome));
    }

    [Fact]
    [Trait("Conformance", "LOC-14")]
    public async Task A_domain_that_is_not_hosted_there_is_shown_no_certificate()
    {
        var b = await _domains.Listening("b.example", "d.example");
        var a = await _domains.Dialling(_domains.Open(("c.example", At(b)), ("d.example", At(b))));

        var outcome = await a.Dialer.Dial(TwoDomains.A, Domain.Parse("c.example"), Deadline.Token);

        Assert.Equal((502, "peer-unverified"), Told(outcome));
        await using var other = (await a.Dialer.Dial(TwoDomains.A, Domain.Parse("d.example"), Deadline.Token)).Connection!;
        Assert.Equal([Domain.Parse("d.example")], other.Proven);
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_proves_nothing_to_the_other_side()
    {
        using var unknown = new TestAuthority();
        var b = await _domains.Listening();
        var a = await _domains.Start(
            new HostedNames().Add("a.example", unknown.Issue("a.example")), _domains.Open(("b.example", At(b))));

        await using var connection = (await a.Dialer.Dial(TwoDomains.A, TwoDomains.B, Deadline.Token)).Connection!;

        Assert.Empty((await b.Acceptor.Next()).Proven);
    }

    [Fact]
    public async Task A_node_without_a_certificate_proves_nothing_either()
    {
        var b = await _domains.Listening();
        var a = await _domains.Start(new HostedNames(), _domains.Open(("b.example", At(b))));

        await using var connection = (await a.Dialer.Dial(TwoDomains.A, TwoDomains.B, Deadline.Token)).Connection!;

        Assert.Empty((await b.Acceptor.Next()).Proven);
    }

    [Fact]
    public async Task A_certificate_does_not_choose_where_the_dialling_node_connects_to()
    {
        using var unknown = new TestAuthority();
        using var trap = new TcpListener(IPAddress.Loopback, 0);
        trap.Start();
        var certificate = unknown.Issue(new CertificateWish(["b.example"])
        {
            AuthorityAt = new Uri($"http://{trap.LocalEndpoint}/authority.cer"),
        });
        var b = await _domains.Start(new HostedNames().Add("b.example", certificate), _domains.Open());
        var a = await _domains.Dialling(_domains.Open(("b.example", At(b))));

        var outcome = await a.Dialer.Dial(TwoDomains.A, TwoDomains.B, Deadline.Token);

        Assert.Equal((502, "peer-unverified"), Told(outcome));
        Assert.False(trap.Pending());
    }

    [Fact]
    public async Task A_blocked_domain_is_not_dialled()
    {
        var b = await _domains.Listening();
        var a = await _domains.Dialling(_domains.Open(("b.example", new PeerOptions { Address = $"{b.End}", Blocked = true })));

        Assert.Equal((502, "no-service"), Told(await a.Dialer.Dial(TwoDomains.A, TwoDomains.B, Deadline.Token)));
    }

    public ValueTask DisposeAsync() => _domains.DisposeAsync();

    private static PeerOptions At(PeerNode node) => new() { Address = $"{node.End}" };

    private static (int Code, string Reason) Told(DialOutcome outcome) =>
        (outcome.Failure!.Refusal.Code, outcome.Failure.Refusal.Reason);
}
