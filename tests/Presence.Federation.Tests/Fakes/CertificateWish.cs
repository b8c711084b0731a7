using System.Security.Cryptography.X509Certificates;

namespace Presence.Federation.Tests.Fakes;

/// <summary>What a certificate is to say. Times count from the authority's moment.</summary>
internal sealed record CertificateWish(IReadOnlyList<string> Names)
{
    public string CommonName { get; init; } = "test";

    public IReadOnlyList<string> Uses { get; init; } = [TestAuthority.ServerUse, TestAuthority.ClientUse];

    public X509KeyUsageFlags? KeyUsage { get; init; } = X509KeyUsageFlags.DigitalSignature;

    /// <summary>Where it says that the certificate of its authority can be had; null for nowhere.</summary>
    public Uri? AuthorityAt { get; init; }

    public TimeSpan Begins { get; init; } = TimeSpan.FromHours(-1);

    public TimeSpan Ends { get; init; } = TimeSpan.FromDays(30);
}
