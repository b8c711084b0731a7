using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Presence.Locating.Trust;

/// <summary>Whether one certificate leads to an authority; asked once for each set of authorities.</summary>
public sealed class ChainCheck(
    X509Certificate2 certificate, X509Certificate2Collection sent, CertificateUse use, DateTimeOffset now)
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private readonly List<(X509Certificate2Collection? Authorities, string? WhyNot)> _known = [];

    /// <summary>Null if the chain is good, else a clause.</summary>
    /// <param name="authorities">The roots; null: those of the system.</param>
    public string? WhyNot(X509Certificate2Collection? authorities)
    {
        foreach (var (roots, verdict) in _known)
            if (ReferenceEquals(roots, authorities))
                return verdict;
        var why = KeyUsage() ?? Chain(authorities);
        _known.Add((authorities, why));
        return why;
    }

    private string? KeyUsage() =>
        certificate.Extensions.OfType<X509KeyUsageExtension>()
            .Any(usage => !usage.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature))
            ? "its key may not sign"
            : null;

    // Public authorities have stopped to issue for clients, and between servers both are servers: either use will do.
    private string? Chain(X509Certificate2Collection? authorities)
    {
        var asServer = Build(authorities, ServerAuthentication);
        return asServer is null || use == CertificateUse.Server || Build(authorities, ClientAuthentication) is not null
            ? asServer
            : null;
    }

    private string? Build(X509Certificate2Collection? authorities, Oid purpose)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.ApplicationPolicy.Add(purpose);
        policy.ExtraStore.AddRange(sent);
        policy.VerificationTimeIgnored = false;
        policy.VerificationTime = now.UtcDateTime;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        // The other side would choose where this node connects to.
        policy.DisableCertificateDownloads = true;
        if (authorities is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(authorities);
        }

        if (chain.Build(certificate))
            return null;
        var told = chain.ChainStatus.Select(status => status.StatusInformation.Trim().TrimEnd('.')).Distinct();
        return $"its chain is not good: {string.Join("; ", told)}";
    }
}
