using System.Net;
using System.Net.Security;
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

    [Fact]
    public async Task A_client_that_offers_http_1_1_gets_it()
    {
        await using var node = await Node.Start(_sessions);
        await using var tls = await TlsClient.Connect(node.Shared, "a.example", "http/1.1");

        await tls.WriteAsync(
            "GET /.well-known/pip HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n"u8.ToArray(), Deadline.Token);

        var answer = await tls.ReadToEnd();
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("""{"ws":["wss://a.example/pip"]}""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_offers_h2_gets_it()
    {
        await using var node = await Node.Start(_sessions);
        using var http = new HttpClient(Trusting());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://localhost:{node.Shared.Port}/.well-known/pip")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { Host = "a.example" },
        };

        using var answer = await http.SendAsync(request, Deadline.Token);

        Assert.Equal(HttpVersion.Version20, answer.Version);
        Assert.Equal("""{"ws":["wss://a.example/pip"]}""", await answer.Content.ReadAsStringAsync(Deadline.Token));
    }

    [Fact]
    public async Task A_web_socket_over_tls_knows_what_tls_has_proven_but_no_server_name()
    {
        await using var node = await Node.Start(_sessions);
        await using var tls = await TlsClient.Connect(node.Shared, "a.example", "http/1.1");
        await tls.WriteAsync(
            ("GET /pip HTTP/1.1\r\nHost: a.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Protocol: pip.1\r\n\r\n").Select(letter => (byte)letter).ToArray(),
            Deadline.Token);

        var facts = (await _sessions.NextServed()).Tls!;

        Assert.Null(facts.ServerName);
        Assert.NotNull(facts.EndPointBinding);
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
