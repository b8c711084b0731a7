using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Presence.Federation.Peers;
using Presence.Federation.Tests.Fakes;

namespace Presence.Federation.Tests.Dialing;

/// <summary>One peer opens ten thousand connections; the others notice nothing.</summary>
public sealed class FloodTests : IAsyncDisposable
{
    private const int Attempts = 10_000;
    private const int Allowed = 16;

    private static readonly IPAddress Attacker = IPAddress.Parse("127.0.0.66");

    private readonly TwoDomains _domains = new();

    [Fact]
    public async Task Ten_thousand_connections_of_one_address_leave_room_for_others()
    {
        var b = await _domains.Start(
            new HostedNames().Add("b.example", _domains.Authority.Issue("b.example")), Limited(_domains.Open()));
        var flood = new List<Socket>();
        for (var i = 0; i < Allowed; i++)
        {
            flood.Add(await Connect(b.End, Attacker));
            Assert.True(await IsOpen(flood[^1]));
        }

        for (var i = Allowed; i < Attempts; i++)
        {
            Assert.True(await IsCutOff(b.End, Attacker));
        }

        var a = await _domains.Dialling(_domains.Open(("b.example", new PeerOptions { Address = $"{b.End}" })));
        await using var other = (await a.Dialer.Dial(TwoDomains.A, TwoDomains.B, Deadline.Token)).Connection;
        Assert.NotNull(other);

        // When the flood is over its address is welcome again.
        foreach (var socket in flood)
            socket.Dispose();
        var deadline = Deadline.Token;
        while (!await IsWelcome(b.End, Attacker))
            deadline.ThrowIfCancellationRequested();
    }

    public ValueTask DisposeAsync() => _domains.DisposeAsync();

    private static FederationOptions Limited(FederationOptions options) => new()
    {
        Trust = options.Trust,
        Authorities = options.Authorities,
        ConnectionsPerAddress = Allowed,
    };

    private static async Task<Socket> Connect(IPEndPoint end, IPAddress from)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(end, Deadline.Token);
        return socket;
    }

    /// <summary>A connection that is counted comes as far as the handshake; one that is not is closed before.</summary>
    private static async Task<bool> IsOpen(Socket socket)
    {
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: false));
        try
        {
            await tls.AuthenticateAsClientAsync(Anybody(), Deadline.Token);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The reset may come while the connection is still being made.</summary>
    private static async Task<bool> IsCutOff(IPEndPoint end, IPAddress from)
    {
        try
        {
            using var socket = await Connect(end, from);
            return await socket.ReceiveAsync(new byte[1], Deadline.Token) == 0;
        }
        catch (SocketException cause) when (cause.SocketErrorCode == SocketError.ConnectionReset)
        {
            return true;
        }
    }

    private static async Task<bool> IsWelcome(IPEndPoint end, IPAddress from)
    {
        try
        {
            using var socket = await Connect(end, from);
            return await IsOpen(socket);
        }
        catch (SocketException cause) when (cause.SocketErrorCode == SocketError.ConnectionReset)
        {
            return false;
        }
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Security", "CA5359", Justification = "An attacker does not look at the certificate.")]
    private static SslClientAuthenticationOptions Anybody() => new()
    {
        TargetHost = "b.example",
        ApplicationProtocols = [new SslApplicationProtocol("pip/1")],
        RemoteCertificateValidationCallback = (_, _, _, _) => true,
    };
}
