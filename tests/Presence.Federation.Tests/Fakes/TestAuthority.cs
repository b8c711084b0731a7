using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Presence.Federation.Tests.Fakes;

/// <summary>A certificate authority of the test's own.</summary>
internal sealed class TestAuthority : IDisposable
{
    public const string ServerUse = "1.3.6.1.5.5.7.3.1";
    public const string ClientUse = "1.3.6.1.5.5.7.3.2";
    public const string MailUse = "1.3.6.1.5.5.7.3.4";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestAuthority(DateTimeOffset? now = null)
    {
        Now = now ?? TimeProvider.System.GetUtcNow();
        var request = new CertificateRequest("CN=Test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        Certificate = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1000));
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>The moment around which certificates are valid.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Writes the authority's certificate as PEM, as an operator would name it in the configuration.</summary>
    public string Write(string path)
    {
        File.WriteAllText(path, Certificate.ExportCertificatePem());
        return path;
    }

    /// <summary>A certificate with its key for the given DNS names and services (<c>_pips-server.a.example</c>).</summary>
    public X509Certificate2 Issue(params string[] names) => Issue(new CertificateWish(names));

    public X509Certificate2 Issue(CertificateWish wish)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={wish.CommonName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        if (wish.Uses.Count > 0)
        {
            var uses = new OidCollection();
            foreach (var use in wish.Uses)
                uses.Add(new Oid(use));
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(uses, critical: false));
        }

        if (wish.KeyUsage is { } keyUsage)
            request.CertificateExtensions.Add(new X509KeyUsageExtension(keyUsage, critical: true));
        if (wish.Names.Count > 0)
            request.CertificateExtensions.Add(SubjectNames.Of(wish.Names));
        if (wish.AuthorityAt is { } authority)
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([], [authority.ToString()]));
        Span<byte> serial = stackalloc byte[8];
        RandomNumberGenerator.Fill(serial);
        using var bare = request.Create(Certificate, Now + wish.Begins, Now + wish.Ends, serial);
        using var keyed = bare.CopyWithPrivateKey(key);
        // On some platforms TLS needs the key in a store of its own.
        return X509CertificateLoader.LoadPkcs12(keyed.Export(X509ContentType.Pfx), null);
    }

    public void Dispose()
    {
        _key.Dispose();
        Certificate.Dispose();
    }
}
