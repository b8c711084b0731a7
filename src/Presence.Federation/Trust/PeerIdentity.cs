using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Presence.Federation.Peers;
using Presence.Locating.Trust;
using Presence.Model.Addresses;

namespace Presence.Federation.Trust;

/// <summary>Names, then pins, then the chain: the cheap questions first.</summary>
internal sealed class PeerIdentity(PeerPolicies policies, TimeProvider time) : IPeerIdentity
{
    /// <inheritdoc/>
    public string? WhyNot(
        X509Certificate2 certificate, X509Certificate2Collection sent, Domain domain, CertificateUse use) =>
        PresentedNames.Of(certificate).Contains(domain)
            ? WhyNot(certificate, policies.Of(domain), new ChainCheck(certificate, sent, use, time.GetUtcNow()))
            : $"the certificate does not name {domain}";

    /// <inheritdoc/>
    public IReadOnlySet<Domain> DomainsOf(
        X509Certificate2 certificate, X509Certificate2Collection sent, CertificateUse use)
    {
        var chain = new ChainCheck(certificate, sent, use, time.GetUtcNow());
        return PresentedNames.Of(certificate)
            .Where(domain => WhyNot(certificate, policies.Of(domain), chain) is null)
            .ToHashSet();
    }

    private static string? WhyNot(X509Certificate2 certificate, PeerPolicy policy, ChainCheck chain)
    {
        if (policy.Pins.Count > 0 && !policy.Pins.Contains(PinOf(certificate)))
            return "its public key is none of those pinned";
        return chain.WhyNot(policy.Authorities);
    }

    /// <summary>SHA-256 of the public key with its algorithm, as RFC 7469 pins it, in hexadecimal.</summary>
    public static string PinOf(X509Certificate2 certificate) =>
        Convert.ToHexString(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
}
