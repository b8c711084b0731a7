using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Presence.Model.Addresses;

namespace Presence.Transports.Certificates;

/// <summary>
/// A self-signed certificate that a node makes for itself so that TLS works from the first minute. Clients trust it by
/// naming its file. It is no authority: it cannot sign others, so a stolen key opens nothing but this node.
/// </summary>
/// <param name="folder">Where <c>dev-cert.pem</c> and <c>dev-key.pem</c> live; it exists.</param>
/// <param name="time">The clock.</param>
public sealed class DevelopmentCertificate(string folder, TimeProvider time)
{
    /// <summary>How long a new one is valid: 365 days.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    /// <summary>With less than 30 days left a new one is made.</summary>
    public static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    // Clocks of other machines may be behind.
    private static readonly TimeSpan Backdated = TimeSpan.FromHours(1);

    public string CertificatePath { get; } = Path.Combine(folder, "dev-cert.pem");

    public string KeyPath { get; } = Path.Combine(folder, "dev-key.pem");

    /// <summary>
    /// The stored certificate, or a new one if there is none, or it is damaged, ends soon or lacks one of the domains.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public ServedCertificate LoadOrCreate(IReadOnlyCollection<Domain> domains) =>
        TryLoad(domains) ?? Create(domains);

    private ServedCertificate? TryLoad(IReadOnlyCollection<Domain> domains)
    {
        if (!File.Exists(CertificatePath) || !File.Exists(KeyPath))
            return null;
        if (!CertificateFiles.TryLoad(CertificatePath, KeyPath, password: null, out var stored, out _))
            return null;
        return IsFresh(stored!.Certificate) && Covers(stored.Certificate, domains) ? stored : null;
    }

    private bool IsFresh(X509Certificate2 certificate)
    {
        var now = time.GetUtcNow();
        var begin = new DateTimeOffset(certificate.NotBefore);
        var end = new DateTimeOffset(certificate.NotAfter);
        return begin <= now && end - now >= RenewBefore;
    }

    private static bool Covers(X509Certificate2 certificate, IReadOnlyCollection<Domain> domains) =>
        domains.All(domain => certificate.MatchesHostname(SubjectNames.HostOf(domain), allowCommonName: false));

    private ServedCertificate Create(IReadOnlyCollection<Domain> domains)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = SubjectNames.Request(key, domains)
            .CreateSelfSigned(time.GetUtcNow() - Backdated, time.GetUtcNow() + Lifetime);
        // The key first: a crash between leaves a pair that does not fit, which the next start sees and replaces.
        PrivateFile.Write(KeyPath, key.ExportPkcs8PrivateKeyPem() + "\n");
        PrivateFile.Write(CertificatePath, certificate.ExportCertificatePem() + "\n");
        return new ServedCertificate(X509Certificate2.CreateFromPemFile(CertificatePath, KeyPath));
    }
}
