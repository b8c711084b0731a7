using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Presence.Process.Tests.Node;

namespace Presence.Process.Tests;

/// <summary>STARTTLS on the clear-text port of a node whose operator insists on it.</summary>
public sealed class StartTlsTests(VouchedNode node) : IClassFixture<VouchedNode>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    [Trait("Conformance", "SES-08")]
    public async Task After_the_handshake_everything_begins_anew()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var clear = await Connect(limit.Token);
        await clear.WriteAsync("STARTTLS 1\r\n"u8.ToArray(), limit.Token);
        Assert.Equal("200 1 begin-tls\r\n", await ReadLine(clear, limit.Token));

        await using var tls = await Secure(clear, limit.Token);
        Assert.StartsWith("220 0 ready", await ReadLine(tls, limit.Token), StringComparison.Ordinal);
        await tls.WriteAsync("GET 1 ~/status\r\nHELLO 2 localhost v=1.0\r\n"u8.ToArray(), limit.Token);
        Assert.Equal("401 1 hello-first\r\n", await ReadLine(tls, limit.Token));
        var hello = await ReadLine(tls, limit.Token);

        Assert.StartsWith("200 2 ok", hello, StringComparison.Ordinal);
        Assert.Contains("SCRAM-SHA-256-PLUS", hello, StringComparison.Ordinal);
        await tls.WriteAsync("QUIT 3\r\n"u8.ToArray(), limit.Token);
        Assert.Equal("221 3 bye\r\n", await ReadLine(tls, limit.Token));
        Assert.Equal("", await ReadLine(tls, limit.Token));
    }

    [Theory]
    [Trait("Conformance", "SES-07")]
    [InlineData("STARTTLS 1\r\nHELLO 2 localhost v=1.0\r\n")]
    [InlineData("STARTTLS 1\r\nX")]
    [InlineData("STARTTLS 1\r\n\r\n")]
    public async Task Whatever_follows_STARTTLS_ends_the_connection_without_a_word(string octets)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var clear = await Connect(limit.Token);

        await clear.WriteAsync(Encoding.ASCII.GetBytes(octets), limit.Token);

        Assert.Equal("", await ReadLine(clear, limit.Token));
    }

    [Fact]
    [Trait("Conformance", "SES-08")]
    public async Task What_HELLO_said_before_is_void()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var clear = await Connect(limit.Token);
        await clear.WriteAsync("HELLO 1 localhost v=1.0\r\n"u8.ToArray(), limit.Token);
        await ReadLine(clear, limit.Token);
        await clear.WriteAsync("STARTTLS 2\r\n"u8.ToArray(), limit.Token);
        Assert.Equal("200 2 begin-tls\r\n", await ReadLine(clear, limit.Token));

        await using var tls = await Secure(clear, limit.Token);
        await ReadLine(tls, limit.Token);
        await tls.WriteAsync("PING 3\r\n"u8.ToArray(), limit.Token);
        Assert.Equal("401 3 hello-first\r\n", await ReadLine(tls, limit.Token));
    }

    [Fact]
    public async Task Clear_text_in_place_of_a_handshake_ends_the_connection()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var clear = await Connect(limit.Token);
        await clear.WriteAsync("STARTTLS 1\r\n"u8.ToArray(), limit.Token);
        await ReadLine(clear, limit.Token);

        await clear.WriteAsync("HELLO 2 localhost v=1.0\r\nPING 3\r\n"u8.ToArray(), limit.Token);

        Assert.DoesNotContain("200", await ReadLine(clear, limit.Token), StringComparison.Ordinal);
    }

    private async Task<NetworkStream> Connect(CancellationToken cancellation)
    {
        var socket = new Socket(node.Pip.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(node.Pip, cancellation);
        var stream = new NetworkStream(socket, ownsSocket: true);
        Assert.StartsWith("220 0 ready", await ReadLine(stream, cancellation), StringComparison.Ordinal);
        return stream;
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Security", "CA5359", Justification = "The server's certificate is not the subject.")]
    private static async Task<SslStream> Secure(Stream clear, CancellationToken cancellation)
    {
        var tls = new SslStream(clear);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ApplicationProtocols = [new SslApplicationProtocol("pip/1")],
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
            }, cancellation);
        return tls;
    }

    /// <summary>One octet after the other, so that nothing of what follows is taken; what there is at the end.</summary>
    private static async Task<string> ReadLine(Stream stream, CancellationToken cancellation)
    {
        var line = new StringBuilder();
        var octet = new byte[1];
        while (await stream.ReadAsync(octet, cancellation) == 1)
        {
            line.Append((char)octet[0]);
            if (octet[0] == (byte)'\n')
                break;
        }

        return line.ToString();
    }
}
