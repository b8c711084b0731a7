using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Presence.Model.Addresses;
using Presence.Transports.Certificates;

namespace Presence.Transports.Tests.Certificates;

public sealed class DevelopmentCertificateTests : IDisposable
{
    private static readonly Domain[] Domains = [Domain.Parse("a.example"), Domain.Parse("[192.0.2.7]")];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-cert-");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-03-01T00:00:00Z"));
    private readonly DevelopmentCertificate _development;

    public DevelopmentCertificateTests() => _development = new DevelopmentCertificate(_folder.FullName, _time);

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("a.example", true)]
    [InlineData("192.0.2.7", true)]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("b.example", false)]
    [InlineData("x.a.example", false)]
    public void It_names_the_domains_and_this_machine(string host, bool isNamed) =>
        Assert.Equal(isNamed, _development.LoadOrCreate(Domains).Certificate.MatchesHostname(host));

    [Fact]
    public void It_is_a_server_certificate_and_no_authority()
    {
        var extensions = _development.LoadOrCreate(Domains).Certificate.Extensions;

        Assert.False(extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.Equal(X509KeyUsageFlags.DigitalSignature, extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages);
    }

    [Fact]
    public void A_client_that_trusts_its_file_trusts_it()
    {
        _development.LoadOrCreate(Domains);
        using var seen = X509CertificateLoader.LoadCertificateFromFile(_development.CertificatePath);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(_development.CertificatePath);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = _time.GetUtcNow().UtcDateTime;

        Assert.True(chain.Build(seen), string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation)));
    }

    [Fact]
    public void It_is_kept_while_more_than_thirty_days_are_left()
    {
        var first = _development.LoadOrCreate(Domains).Certificate.Thumbprint;
        _time.Advance(TimeSpan.FromDays(334));

        Assert.Equal(first, _development.LoadOrCreate(Domains).Certificate.Thumbprint);
    }

    [Fact]
    public void It_is_renewed_when_less_than_thirty_days_are_left()
    {
        var first = _development.LoadOrCreate(Domains).Certificate.Thumbprint;
        _time.Advance(TimeSpan.FromDays(336));

        Assert.NotEqual(first, _development.LoadOrCreate(Domains).Certificate.Thumbprint);
    }

    [Fact]
    public void It_is_renewed_for_a_new_domain()
    {
        var first = _development.LoadOrCreate(Domains).Certificate.Thumbprint;

        var second = _development.LoadOrCreate([.. Domains, Domain.Parse("b.example")]).Certificate;

        Assert.NotEqual(first, second.Thumbprint);
        Assert.True(second.MatchesHostname("b.example"));
    }

    [Theory]
    [InlineData("dev-cert.pem")]
    [InlineData("dev-key.pem")]
    public void A_damaged_file_is_replaced(string name)
    {
        _development.LoadOrCreate(Domains);
        File.WriteAllText(Path.Combine(_folder.FullName, name), "damaged");

        Assert.True(_development.LoadOrCreate(Domains).Certificate.HasPrivateKey);
    }

    [Theory]
    [InlineData("dev-cert.pem")]
    [InlineData("dev-key.pem")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Only_the_owner_can_read_it(string name)
    {
        _development.LoadOrCreate(Domains);

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(_folder.FullName, name)));
    }
}
