using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Presence.Model.Addresses;
using Presence.Transports.Certificates;
using Presence.Transports.Tests.Fakes;

namespace Presence.Transports.Tests.Certificates;

[Trait("Conformance", "LOC-14")]
public sealed class ReloadingCertificatesTests : IDisposable
{
    private static readonly Domain[] Both = [Domain.Parse("a.example"), Domain.Parse("b.example")];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-reload-");
    private DateTime _written = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Each_domain_has_its_file_in_the_folder()
    {
        var (a, b) = (Write("a.example"), Write("b.example"));

        Assert.True(Plan().TryLoad(out var source, out var why), why);

        Assert.Equal(a, source!.Find("a.example")!.Certificate.Thumbprint);
        Assert.Equal(b, source.Find("B.Example")!.Certificate.Thumbprint);
        Assert.Null(source.Find("c.example"));
        Assert.Null(source.Find(null));
    }

    [Fact]
    public void A_domain_without_a_file_needs_one_for_all()
    {
        var a = Write("a.example");
        Assert.False(Plan().TryLoad(out _, out var why));
        Assert.Contains("b.example.pem", why, StringComparison.Ordinal);

        var common = Write("common");
        var plan = Plan() with { Path = PathOf("common.pem"), Key = PathOf("common.key") };
        Assert.True(plan.TryLoad(out var source, out why), why);
        Assert.Equal(a, source!.Find("a.example")!.Certificate.Thumbprint);
        Assert.Equal(common, source.Find("b.example")!.Certificate.Thumbprint);
    }

    [Fact]
    public void A_certificate_that_is_renewed_is_served_without_a_restart()
    {
        Write("a.example");
        var b = Write("b.example");
        using var certificates = Reloading();

        var renewed = Write("a.example");
        certificates.Reload(inAnyCase: false);

        Assert.Equal(renewed, certificates.Find("a.example")!.Certificate.Thumbprint);
        Assert.Equal(b, certificates.Find("b.example")!.Certificate.Thumbprint);
    }

    [Fact]
    public void A_file_that_cannot_be_used_changes_nothing()
    {
        var a = Write("a.example");
        Write("b.example");
        using var certificates = Reloading();

        Write("b.example");
        File.WriteAllText(PathOf("a.example.pem"), "half of a certif");
        certificates.Reload(inAnyCase: false);
        Assert.Equal(a, certificates.Find("a.example")!.Certificate.Thumbprint);

        var renewed = Write("a.example");
        certificates.Reload(inAnyCase: false);
        Assert.Equal(renewed, certificates.Find("a.example")!.Certificate.Thumbprint);
    }

    private ReloadingCertificates Reloading()
    {
        Assert.True(Plan().TryLoad(out var first, out var why), why);
        return new ReloadingCertificates(
            Plan(), first!, new FakeTimeProvider(), NullLogger<ReloadingCertificates>.Instance);
    }

    private CertificatePlan Plan() => new(Both, _folder.FullName, null, null, null);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes a new certificate and its key, and tells its thumbprint.</summary>
    private string Write(string name)
    {
        using var certificate = new FixedCertificates("a.example")["a.example"].Certificate;
        using var key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(PathOf($"{name}.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf($"{name}.key"), key.ExportPkcs8PrivateKeyPem());
        // File systems may keep whole seconds; the size alone may be the same.
        File.SetLastWriteTimeUtc(PathOf($"{name}.pem"), _written = _written.AddSeconds(1));
        return certificate.Thumbprint;
    }
}
