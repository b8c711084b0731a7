using System.Net;
using System.Net.NetworkInformation;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Presence.Client.Connections;

namespace Presence.Client.Peers;

/// <summary>TCP and TLS of direct connections: ALPN <c>pip/1</c>, and both sides show their certificates.</summary>
internal static class PeerSockets
{
    private const int MaxAddresses = 8;
    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    private static readonly SslApplicationProtocol Pip1 = new("pip/1");

    /// <summary>
    /// Listens at free ports of these addresses, or of this machine's networks; what cannot be listened at is left out.
    /// </summary>
    public static List<Socket> Listen(IReadOnlyList<IPAddress>? addresses)
    {
        List<Socket> listeners = [];
        foreach (var address in (addresses ?? OwnAddresses()).Take(MaxAddresses))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(address, 0));
                socket.Listen();
                listeners.Add(socket);
            }
            catch (SocketException)
            {
                socket.Dispose();
            }
        }

        return listeners;
    }

    /// <exception cref="PipConnectionException">No connection, or the other side is not the one expected.</exception>
    public static async Task<Stream> Connect(
        IPEndPoint to, PeerIdentity identity, string fingerprint, CancellationToken cancellation)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to, cancellation);
        }
        catch (Exception exception)
        {
            socket.Dispose();
            throw exception is SocketException ? Failed(exception) : exception;
        }

        return await Secure(socket, tls => tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            // No name is checked, the fingerprint is.
            TargetHost = "",
            ApplicationProtocols = [Pip1],
            EnabledSslProtocols = Versions,
            ClientCertificateContext = identity.Context,
            RemoteCertificateValidationCallback = PeerIdentity.Only(fingerprint),
        }, cancellation));
    }

    /// <exception cref="PipConnectionException">The other side is not the one expected.</exception>
    public static Task<Stream> Welcome(
        Socket accepted, PeerIdentity identity, string fingerprint, CancellationToken cancellation)
    {
        accepted.NoDelay = true;
        return Secure(accepted, tls => tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = identity.Context,
            ClientCertificateRequired = true,
            ApplicationProtocols = [Pip1],
            EnabledSslProtocols = Versions,
            RemoteCertificateValidationCallback = PeerIdentity.Only(fingerprint),
        }, cancellation));
    }

    private static async Task<Stream> Secure(Socket socket, Func<SslStream, Task> authenticate)
    {
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await authenticate(tls);
            return tls.NegotiatedApplicationProtocol == Pip1
                ? tls
                : throw new AuthenticationException("The other side does not speak pip/1.");
        }
        catch (Exception exception)
        {
            await tls.DisposeAsync();
            throw exception is AuthenticationException or IOException ? Failed(exception) : exception;
        }
    }

    private static PipConnectionException Failed(Exception inner) =>
        new(0, "cannot-connect", $"No direct connection: {inner.Message}", inner);

    private static List<IPAddress> OwnAddresses() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal)
            .Distinct(),
    ];
}
