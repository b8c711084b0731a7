using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Text;
using Presence.Transports.Tests.Fakes;

namespace Presence.Transports.Tests.Tls;

/// <summary>PIP and HTTP on one port, told apart by ALPN.</summary>
public sealed class SharedPortTests
{
    private readonly GreetingHost _sessions = new();

    [Fact]
    public async Task A_client_that_offers_pip_1_gets_a_session()
    {
        await using var node = await Node.Start(_sessions);

        await using var tls = await TlsClient.Connect(node.Shared, "a.example", "pip/1");

        Assert.Equal(GreetingHost.Greeting, await tls.ReadGreeting());
        Assert.Equal("a.example", (await _sessions.NextServed()).Tls!.ServerName);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_client_that_offers_http_gets_http(string version)
    {
        await using var node = await Node.Start(_sessions);
        using var http = new HttpClient(Trusting());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://localhost:{node.Shared.Port}/.well-known/pip")
        {
            Version = Version.Parse(version),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { Host = "a.example" },
        };

        using var answer = await http.SendAsync(request, Deadline.Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Version.Parse(version), answer.Version);
        Assert.Equal("""{"ws":["wss://a.example/pip"]}""", await answer.Content.ReadAsStringAsync(Deadline.Token));
    }

    [Fact]
    public async Task A_web_socket_over_tls_knows_what_tls_has_proven_but_no_server_name()
    {
        await using var node = await Node.Start(_sessions);
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("pip.1");
        using var invoker = new HttpMessageInvoker(Trusting());
        await socket.ConnectAsync(new Uri($"wss://localhost:{node.Shared.Port}/pip"), invoker, Deadline.Token);

        var octets = new byte[100];
        var greeting = await socket.ReceiveAsync(octets, Deadline.Token);

        Assert.Equal(GreetingHost.Greeting, Encoding.ASCII.GetString(octets, 0, greeting.Count));
        var tls = (await _sessions.NextServed()).Tls!;
        Assert.Null(tls.ServerName);
        Assert.NotNull(tls.EndPointBinding);
    }

    [Fact]
    public async Task A_client_that_offers_something_else_has_its_handshake_aborted()
    {
        await using var node = await Node.Start(_sessions);

        await Assert.ThrowsAnyAsync<Exception>(async () => await TlsClient.Connect(node.Shared, "a.example", "imap"));

        Assert.False(_sessions.HasServed);
    }

    [Fact]
    public async Task A_client_that_offers_nothing_is_closed_without_a_word()
    {
        await using var node = await Node.Start(_sessions);

        await using var tls = await TlsClient.Connect(node.Shared, "a.example", protocol: null);

        Assert.Equal("", await tls.ReadToEnd());
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Security", "CA5359", Justification = "Trust is not the subject; certificates are made for each test.")]
    private static SocketsHttpHandler Trusting() => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            TargetHost = "a.example",
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        },
    };
}
