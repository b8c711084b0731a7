using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Presence.Protocol.Sasl;

namespace Presence.Transports.Certificates;

/// <summary>A certificate with its key and chain, ready for handshakes. What costs time is done once, here.</summary>
public sealed class ServedCertificate
{
    /// <param name="certificate">Has its private key.</param>
    /// <param name="intermediates">Certificates between it and its root, to be sent along.</param>
    /// <exception cref="ArgumentException">The private key is missing.</exception>
    public ServedCertificate(X509Certificate2 certificate, X509Certificate2Collection? intermediates = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (!certificate.HasPrivateKey)
            throw new ArgumentException("The certificate has no private key.", nameof(certificate));
        Certificate = certificate;
        // Offline: a handshake must not wait until some authority's server answers.
        Context = SslStreamCertificateContext.Create(certificate, intermediates, offline: true);

        // No conditional expression: between an array and null it would be an array, and no binding an empty one.
        if (ServerEndPointBinding.Compute(certificate) is { } octets)
            EndPointBinding = octets;
    }

    public X509Certificate2 Certificate { get; }

    /// <summary><c>tls-server-end-point</c> data (RFC 5929), or null if the certificate has none.</summary>
    public ReadOnlyMemory<byte>? EndPointBinding { get; }

    internal SslStreamCertificateContext Context { get; }
}
