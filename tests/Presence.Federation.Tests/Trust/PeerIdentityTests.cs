using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Presence.Federation.Peers;
using Presence.Federation.Tests.Fakes;
using Presence.Federation.Trust;
using Presence.Locating.Trust;
using Presence.Model.Addresses;

namespace Presence.Federation.Tests.Trust;

/// <summary>May the holder of this certificate speak for a.example?</summary>
[Trait("Conformance", "LOC-13")]
public sealed class PeerIdentityTests : IDisposable
{
    private static readonly Domain A = Domain.Parse("a.example");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-identity-");
    private readonly TestAuthority _authority;

    public PeerIdentityTests() => _authority = new TestAuthority(_time.GetUtcNow());

    [Theory]
    [InlineData("a.example")]
    [InlineData("A.Example")]
    [InlineData("_pips-server.a.example")]
    [InlineData("_PIPS-server.a.example")]
    public void Its_name_is_enough(string name) => Assert.Null(WhyNot(new([name])));

    [Theory]
    [Trait("Conformance", "LOC-12")]
    [InlineData("gateway.provider.example")]
    [InlineData("*.example")]
    [InlineData("*.a.example")]
    [InlineData("sub.a.example")]
    [InlineData("example")]
    [InlineData("_pips-client.a.example")]
    [InlineData("_pips-server.b.example")]
    [InlineData("_pips-server.*.example")]
    public void Any_other_name_is_not(string name) =>
        Assert.Equal("the certificate does not name a.example", WhyNot(new([name])));

    [Fact]
    public void The_common_name_counts_for_nothing() =>
        Assert.NotNull(WhyNot(new(["other.example"]) { CommonName = "a.example" }));

    [Fact]
    public void Without_alternative_names_it_proves_nothing() =>
        Assert.NotNull(WhyNot(new([]) { CommonName = "a.example" }));

    [Fact]
    public void One_that_is_over_proves_nothing()
    {
        using var certificate = _authority.Issue(new CertificateWish(["a.example"]) { Ends = TimeSpan.FromDays(10) });
        var identity = Identity();
        Assert.Null(WhyNot(identity, certificate));

        _time.Advance(TimeSpan.FromDays(11));

        Assert.StartsWith("its chain is not good", WhyNot(identity, certificate), StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_not_valid_yet_proves_nothing() =>
        Assert.NotNull(WhyNot(new(["a.example"]) { Begins = TimeSpan.FromDays(1), Ends = TimeSpan.FromDays(2) }));

    [Fact]
    public void A_key_that_may_not_sign_proves_nothing() =>
        Assert.Equal("its key may not sign", WhyNot(new(["a.example"]) { KeyUsage = X509KeyUsageFlags.KeyEncipherment }));

    [Theory]
    [InlineData(TestAuthority.ServerUse, CertificateUse.Server, true)]
    [InlineData(TestAuthority.ClientUse, CertificateUse.Client, true)]
    [InlineData(TestAuthority.ServerUse, CertificateUse.Client, true)]
    [InlineData(TestAuthority.ClientUse, CertificateUse.Server, false)]
    [InlineData(TestAuthority.MailUse, CertificateUse.Client, false)]
    [InlineData(TestAuthority.MailUse, CertificateUse.Server, false)]
    public void It_must_be_meant_for_servers(string use, CertificateUse shownAs, bool isGood)
    {
        using var certificate = _authority.Issue(new CertificateWish(["a.example"]) { Uses = [use] });

        Assert.Equal(isGood, Identity().WhyNot(certificate, [], A, shownAs) is null);
    }

    [Fact]
    public void It_must_come_from_an_authority_that_is_trusted()
    {
        using var other = new TestAuthority(_time.GetUtcNow());
        using var certificate = other.Issue("a.example");

        Assert.NotNull(WhyNot(Identity(), certificate));
        // Also if it brings its authority along.
        Assert.NotNull(Identity().WhyNot(certificate, [other.Certificate], A, CertificateUse.Server));
    }

    [Fact]
    public void A_private_authority_counts_for_the_peer_for_which_it_is_named_only()
    {
        using var own = new TestAuthority(_time.GetUtcNow());
        using var certificate = own.Issue("a.example", "b.example");
        var path = own.Write(Path.Combine(_folder.FullName, "own.pem"));

        var identity = Identity(new PeerOptions { Authorities = path });

        Assert.Equal([A], identity.DomainsOf(certificate, [], CertificateUse.Client));
    }

    [Fact]
    public void A_pin_refuses_every_other_key_of_the_same_name()
    {
        using var right = _authority.Issue("a.example");
        using var wrong = _authority.Issue("a.example");
        var pin = string.Join(':', PeerIdentity.PinOf(right).ToLowerInvariant().Chunk(2).Select(two => new string(two)));

        var identity = Identity(new PeerOptions { Pins = [pin] });

        Assert.Null(WhyNot(identity, right));
        Assert.Equal("its public key is none of those pinned", WhyNot(identity, wrong));
    }

    [Fact]
    public void One_certificate_may_speak_for_several_domains()
    {
        using var certificate = _authority.Issue("a.example", "_pips-server.b.example", "*.c.example", "192.0.2.1");

        Assert.Equal(
            ["[192.0.2.1]", "a.example", "b.example"],
            Identity().DomainsOf(certificate, [], CertificateUse.Client).Select(domain => domain.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Thousands_of_names_are_not_looked_at()
    {
        var names = Enumerable.Range(0, 2000).Select(i => $"n{i}.example").Append("a.example").ToArray();
        using var certificate = _authority.Issue(names);

        Assert.NotNull(WhyNot(Identity(), certificate));
        Assert.Equal(PresentedNames.MaxNames, Identity().DomainsOf(certificate, [], CertificateUse.Client).Count);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private PeerIdentity Identity(PeerOptions? ofA = null)
    {
        var options = new FederationOptions
        {
            Trust = FederationTrust.Open,
            Authorities = _authority.Write(Path.Combine(_folder.FullName, "authority.pem")),
            Peers = ofA is null ? new Dictionary<string, PeerOptions>() : new() { ["a.example"] = ofA },
        };
        return new PeerIdentity(new PeerPolicies(new FixedOptions(options)), _time);
    }

    private string? WhyNot(CertificateWish wish)
    {
        using var certificate = _authority.Issue(wish);
        return WhyNot(Identity(), certificate);
    }

    private static string? WhyNot(PeerIdentity identity, X509Certificate2 certificate) =>
        identity.WhyNot(certificate, [], A, CertificateUse.Server);
}
