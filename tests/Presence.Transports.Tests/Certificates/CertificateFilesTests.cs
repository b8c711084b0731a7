using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Presence.Transports.Certificates;
using Presence.Transports.Tests.Fakes;

namespace Presence.Transports.Tests.Certificates;

public sealed class CertificateFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-files-");
    private readonly X509Certificate2 _certificate = new FixedCertificates("a.example")["a.example"].Certificate;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_pkcs12_file_is_read_with_its_password()
    {
        var path = Write("server.pfx", _certificate.Export(X509ContentType.Pkcs12, "secret"));

        Assert.True(CertificateFiles.TryLoad(path, null, "secret", out var loaded, out var why), why);
        Assert.Equal(_certificate.Thumbprint, loaded!.Certificate.Thumbprint);
    }

    [Fact]
    public void A_wrong_password_is_told_without_repeating_it()
    {
        var path = Write("server.pfx", _certificate.Export(X509ContentType.Pkcs12, "secret"));

        Assert.False(CertificateFiles.TryLoad(path, null, "another-one", out _, out var why));
        Assert.NotEmpty(why);
        Assert.DoesNotContain("another-one", why, StringComparison.Ordinal);
    }

    [Fact]
    public void Pem_files_are_read_from_one_file_or_two()
    {
        var certificate = _certificate.ExportCertificatePem() + "\n";
        var key = _certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n";

        Assert.True(CertificateFiles.TryLoad(
            Write("cert.pem", certificate), Write("key.pem", key), null, out _, out var why), why);
        Assert.True(CertificateFiles.TryLoad(Write("both.pem", certificate + key), null, null, out _, out why), why);
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var path = Write("cert.pem", _certificate.ExportCertificatePem());

        Assert.False(CertificateFiles.TryLoad(
            path, Write("key.pem", other.ExportPkcs8PrivateKeyPem()), null, out _, out var why));
        Assert.NotEmpty(why);
    }

    [Fact]
    public void A_missing_file_is_refused_with_its_name()
    {
        Assert.False(CertificateFiles.TryLoad(
            Path.Combine(_folder.FullName, "none.pem"), null, null, out _, out var why));
        Assert.Contains("none.pem", why, StringComparison.Ordinal);
    }

    private string Write(string name, string text) => Write(name, System.Text.Encoding.ASCII.GetBytes(text));

    private string Write(string name, byte[] octets)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, octets);
        return path;
    }
}
