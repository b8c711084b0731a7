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
        {
            TlsEnd? proven = null;
            return new PipSocket(await transport(options with { Secured = end => proven = end }, cancellation), proven);
        }

        return options.UseTls
            ? await OpenTls(options, Pip1, cancellation)
            : new PipSocket(await ConnectTcp(options, cancellation), null);
    }

    /// <param name="protocol">What ALPN offers, and the server must choose; of HTTP it may say nothing.</param>
    /// <exception cref="PipConnectionException">Reasons as above.</exception>
    public static async Task<PipSocket> OpenTls(
        PipConnectionOptions options, SslApplicationProtocol protocol, CancellationToken cancellation)
    {
        var tls = new SslStream(await ConnectTcp(options, cancellation), leaveInnerStreamOpen: false);
        try
        {
            return await Secure(tls, options, protocol, cancellation);
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
        SslStream tls, PipConnectionOptions options, SslApplicationProtocol protocol, CancellationToken cancellation)
    {
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = options.Domain.Value.Trim('[', ']'),
                ApplicationProtocols = [protocol],
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

        var chosen = tls.NegotiatedApplicationProtocol;
        var isAgreed = chosen == protocol || (chosen.Protocol.IsEmpty && protocol == SslApplicationProtocol.Http11);
        if (!isAgreed || tls.RemoteCertificate is not { } certificate)
            throw new PipConnectionException(0, "no-alpn", $"The server speaks TLS but not {protocol}.");

        return new PipSocket(tls, new TlsEnd(tls.SslProtocol, new X509Certificate2(certificate)));
    }
}
