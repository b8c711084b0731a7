using Presence.Model.Addresses;
using Presence.Transports.Certificates;
using Presence.Transports.Tests.Fakes;

namespace Presence.Transports.Tests.Certificates;

public sealed class HostedCertificateSourceTests
{
    private readonly ServedCertificate _certificate = new FixedCertificates("a.example")["a.example"];

    [Theory]
    [InlineData("a.example", true)]
    [InlineData("A.Example", true)]
    [InlineData("b.example", true)]
    [InlineData("c.example", false)]
    [InlineData("localhost", false)]
    [InlineData("not a name", false)]
    [InlineData(null, false)]
    [InlineData("", false)]
    public void Of_two_domains_only_those_two_are_served(string? name, bool isServed) =>
        Assert.Equal(isServed, Source("a.example", "b.example").Find(name) is not null);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void With_one_domain_no_name_leaves_nothing_to_guess(string? name) =>
        Assert.Same(_certificate, Source("a.example").Find(name));

    private HostedCertificateSource Source(params string[] domains) => new(_certificate, domains.Select(Domain.Parse));
}
