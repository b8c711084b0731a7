using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Presence.Protocol.Sasl;
using Presence.Transports.Tests.Fakes;
using Presence.Transports.Tls;

namespace Presence.Transports.Tests.Tls;

public sealed class DirectTlsTests
{
    private readonly GreetingHost _sessions = new();

    [Fact]
    [Trait("Conformance", "SES-06")]
    public async Task A_client_that_offers_pip_1_gets_it_and_the_greeting()
    {
        await using var node = await Node.Start(_sessions);

        await using var tls = await TlsClient.Connect(node, "a.example");

        Assert.Equal(new SslApplicationProtocol("pip/1"), tls.NegotiatedApplicationProtocol);
        Assert.Equal(GreetingHost.Greeting, await tls.ReadGreeting());
    }

    [Theory]
    [Trait("Conformance", "SES-06")]
    [InlineData("h2")]
    [InlineData("http/1.1")]
    [InlineData("pip/2")]
    public async Task A_client_that_offers_other_names_has_its_handshake_aborted(string protocol)
    {
        await using var node = await Node.Start(_sessions);

        await Assert.ThrowsAnyAsync<Exception>(async () => await TlsClient.Connect(node, "a.example", protocol));

        Assert.False(_sessions.HasServed);
    }

    [Fact]
    [Trait("Conformance", "SES-06")]
    public async Task A_client_that_offers_no_name_is_closed_without_a_greeting()
    {
        await using var node = await Node.Start(_sessions);

        await using var tls = await TlsClient.Connect(node, "a.example", protocol: null);

        Assert.Equal("", await tls.ReadToEnd());
        Assert.False(_sessions.HasServed);
    }

    [Theory]
    [Trait("Conformance", "LOC-14")]
    [InlineData("a.example")]
    [InlineData("b.example")]
    public async Task Two_domains_on_one_address_present_two_certificates(string name)
    {
        var certificates = new FixedCertificates("a.example", "b.example");
        await using var node = await Node.Start(_sessions, certificates);

        await using var tls = await TlsClient.Connect(node, name);

        using var presented = new X509Certificate2(tls.RemoteCertificate!);
        Assert.Equal(certificates[name].Certificate.Thumbprint, presented.Thumbprint);
    }

    [Fact]
    [Trait("Conformance", "LOC-14")]
    public async Task A_name_that_is_not_hosted_gets_the_alert_unrecognized_name()
    {
        await using var node = await Node.Start(_sessions);

        var refused = await Assert.ThrowsAsync<AuthenticationException>(
            async () => await TlsClient.Connect(node, "c.example"));

        Assert.Contains("unrecognized name", refused.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.False(_sessions.HasServed);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, "0303")]
    [InlineData(SslProtocols.Tls13, "0304")]
    public async Task The_session_learns_name_version_and_binding(SslProtocols version, string told)
    {
        var certificates = new FixedCertificates("a.example", "b.example");
        await using var node = await Node.Start(_sessions, certificates);

        await using var tls = await TlsClient.Connect(node, "b.example", versions: version);

        var transport = await _sessions.NextServed();
        Assert.Equal("b.example", transport.Tls!.ServerName);
        Assert.Equal(told, transport.Tls.Version);
        using var presented = new X509Certificate2(tls.RemoteCertificate!);
        Assert.Equal(ServerEndPointBinding.Compute(presented), transport.Tls.EndPointBinding!.Value.ToArray());
        Assert.True(transport.IsLoopback);
    }

    [Fact]
    public async Task TLS_1_2_is_refused_where_the_operator_wants_it_so()
    {
        await using var node = await Node.Start(_sessions, configure: services =>
            services.AddSingleton(Options.Create(new HandshakeSettings { Only13 = true })));

        await Assert.ThrowsAnyAsync<Exception>(
            async () => await TlsClient.Connect(node, "a.example", versions: SslProtocols.Tls12));
        await using var tls = await TlsClient.Connect(node, "a.example", versions: SslProtocols.Tls13);

        Assert.Equal(GreetingHost.Greeting, await tls.ReadGreeting());
    }

    [Fact]
    public async Task A_local_client_without_a_server_name_is_served_and_the_session_told_so()
    {
        await using var node = await Node.Start(_sessions);

        await using var tls = await TlsClient.Connect(node, "127.0.0.1");

        Assert.Null((await _sessions.NextServed()).Tls!.ServerName);
    }

    [Fact]
    public async Task The_end_of_a_session_is_told_by_close_notify()
    {
        await using var node = await Node.Start(_sessions);
        await using var tls = await TlsClient.Connect(node, "a.example");
        await tls.ReadGreeting();

        await tls.WriteAsync("QUIT 1\r\n"u8.ToArray());

        // SslStream answers a close_notify by an end of stream and a bare cut by an exception.
        Assert.Equal("", await tls.ReadToEnd());
    }

    [Fact]
    public async Task A_client_that_speaks_clear_text_is_not_served()
    {
        await using var node = await Node.Start(_sessions);
        await using var plain = await Node.Connect(node.Pips);

        await plain.WriteAsync("HELLO 1 a.example v=1.0 role=client\r\n"u8.ToArray());

        Assert.DoesNotContain("220", await plain.ReadToEnd(), StringComparison.Ordinal);
        Assert.False(_sessions.HasServed);
    }
}
