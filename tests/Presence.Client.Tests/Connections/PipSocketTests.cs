using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Presence.Client.Connections;
using Presence.Client.Tests.Scripts;

namespace Presence.Client.Tests.Connections;

public sealed class PipSocketTests
{
    private static readonly X509Certificate2Collection Trusted = [TestCertificates.Authority];

    [Fact]
    public async Task TLS_with_an_extra_authority_names_the_domain_and_negotiates_pip_1()
    {
        await using var server = new ScriptedServer(TestCertificates.For("localhost"));
        await using var connection = await server.Greet(server.Options with { ExtraAuthorities = Trusted });

        Assert.Equal("localhost", server.Name);
        Assert.NotNull(connection.Tls);
    }

    [Fact]
    public async Task An_unknown_authority_is_refused() =>
        Assert.Equal("tls-failed", await FailureOf(new(TestCertificates.For("localhost")), trusted: []));

    [Fact]
    [Trait("Conformance", "LOC-12")]
    public async Task A_certificate_for_another_name_is_refused_even_from_a_trusted_authority() =>
        Assert.Equal("tls-failed", await FailureOf(new(TestCertificates.For("evil.example")), Trusted));

    [Theory]
    [InlineData("")]
    [InlineData("http/1.1")]
    public async Task A_server_without_pip_1_is_refused(string protocol)
    {
        var reason = await FailureOf(new(TestCertificates.For("localhost"), protocol), Trusted);

        Assert.Contains(reason, (string[])["no-alpn", "tls-failed"]);
    }

    private static async Task<string> FailureOf(ScriptedServer server, X509Certificate2Collection trusted)
    {
        await using var owned = server;
        var connecting = PipConnection.Connect(server.Options with { ExtraAuthorities = trusted });
        try
        {
            await server.Accept();
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            // The client broke off the handshake, as it should.
        }

        return (await Assert.ThrowsAsync<PipConnectionException>(() => connecting)).Reason;
    }
}
