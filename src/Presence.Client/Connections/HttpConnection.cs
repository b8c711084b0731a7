using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Presence.Client.Connections;

/// <summary>
/// HTTP below a transport: TLS is checked as it is without HTTP, and what it has proven is told, so that the login can be
/// bound to it and compare versions.
/// </summary>
internal static class HttpConnection
{
    /// <summary>Makes connections for one transport, which disposes of it.</summary>
    public static SocketsHttpHandler Of(PipConnectionOptions options) => new()
    {
        ConnectTimeout = options.ConnectTimeout,
        SslOptions = new SslClientAuthenticationOptions
        {
            TargetHost = options.Domain.Value.Trim('[', ']'),
            RemoteCertificateValidationCallback = new CertificateCheck(options.ExtraAuthorities).IsAccepted,
        },
        PlaintextStreamFilter = (context, _) =>
        {
            if (context.PlaintextStream is SslStream { RemoteCertificate: { } certificate } tls)
                options.Secured?.Invoke(new TlsEnd(tls.SslProtocol, new X509Certificate2(certificate)));
            return ValueTask.FromResult(context.PlaintextStream);
        },
    };
}
