using System.Buffers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Presence.Client.Peers;

/// <summary>
/// A certificate made for one direct connection. Nobody vouches for it: the other side knows it by its fingerprint, which
/// went through the home servers.
/// </summary>
internal sealed class PeerIdentity : IDisposable
{
    private const string Prefix = "sha-256:";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private readonly X509Certificate2 _certificate;

    private PeerIdentity(X509Certificate2 certificate)
    {
        _certificate = certificate;
        Context = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        Fingerprint = FingerprintOf(certificate);
    }

    public SslStreamCertificateContext Context { get; }

    /// <summary><c>sha-256:</c> and 64 hexadecimal digits in lower case.</summary>
    public string Fingerprint { get; }

    public static PeerIdentity Create(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=pip peer", key, HashAlgorithmName.SHA256);
        var now = time.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        // Through PKCS #12, since some systems cannot use a key for TLS that was never stored.
        return new PeerIdentity(X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null));
    }

    /// <summary>True for text in the form of <see cref="Fingerprint"/>.</summary>
    public static bool IsFingerprint(string text) =>
        text.Length == Prefix.Length + 2 * SHA256.HashSizeInBytes && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept(Digits) < 0;

    /// <summary>Accepts exactly the certificate of this fingerprint, whatever else may be wrong or right with it.</summary>
    public static RemoteCertificateValidationCallback Only(string fingerprint) =>
        (_, certificate, _, _) => certificate is not null && FingerprintOf(certificate) == fingerprint;

    public void Dispose() => _certificate.Dispose();

    private static string FingerprintOf(X509Certificate certificate) =>
        Prefix + Convert.ToHexStringLower(SHA256.HashData(certificate.GetRawCertData()));
}
