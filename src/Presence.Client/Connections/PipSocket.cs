using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Presence.Client.Connections;

/// <summary>What login must know of the TLS connection for channel binding.</summary>
internal sealed record TlsEnd(SslProtocols Protocol, X509Certificate2 ServerCertificate);

/// <summary>An open byte stream to a server, in clear text or with TLS and ALPN done.</summary>
internal sealed record PipSocket(Stream Stream, TlsEnd? Tls)
{
    private static readonly SslApplicationProtocol Pip1 = new("pip/1");

    /// <exception cref="PipConnectionException">Reasons cannot-connect, tls-failed, no-alpn.</exception>
    public static async Task<PipSocket> Open(PipConnectionOptions options, CancellationToken cancellation)
    {
        if (options.Transport is { } transport)
            return new PipSocket(await transport(options, cancellation), null);

        var stream = await ConnectTcp(options, cancellation);
        if (!options.UseTls)
            return new PipSocket(stream, null);

        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            return await Secure(tls, options, cancellation);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    private static async Task<NetworkStream> ConnectTcp(PipConnectionOptions options, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new PipConnectionException(0, "cannot-connect",
                $"Cannot connect to {options.Host} port {options.Port}: {exception.Message}.", exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<PipSocket> Secure(
        SslStream tls, PipConnectionOptions options, CancellationToken cancellation)
    {
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = options.Domain.Value.Trim('[', ']'),
                ApplicationProtocols = [Pip1],
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                AllowRenegotiation = false,
                RemoteCertificateValidationCallback = new CertificateCheck(options.ExtraAuthorities).IsAccepted,
            }, cancellation);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            throw new PipConnectionException(0, "tls-failed",
                $"TLS with {options.Host} port {options.Port} for {options.Domain} failed: {exception.Message}",
                exception);
        }

        if (tls.NegotiatedApplicationProtocol != Pip1 || tls.RemoteCertificate is not { } certificate)
            throw new PipConnectionException(0, "no-alpn", "The server speaks TLS but not pip/1.");

        return new PipSocket(tls, new TlsEnd(tls.SslProtocol, new X509Certificate2(certificate)));
    }
}
