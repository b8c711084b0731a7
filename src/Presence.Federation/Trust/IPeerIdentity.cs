using System.Security.Cryptography.X509Certificates;
using Presence.Locating.Trust;
using Presence.Model.Addresses;

namespace Presence.Federation.Trust;

/// <summary>
/// Answers the one question to a certificate: may its holder speak for a domain? (docs/protocol/federation.md,
/// "Certificate identity")
/// </summary>
public interface IPeerIdentity
{
    /// <summary>Null if the certificate proves <paramref name="domain"/>, else a clause that says why not.</summary>
    /// <param name="certificate">As the other side showed it.</param>
    /// <param name="sent">The certificates that it sent along; not trusted, only used to build the chain.</param>
    /// <param name="domain">What the user typed or the peer claims, never what the DNS answered.</param>
    /// <param name="use">In which part it was shown.</param>
    string? WhyNot(
        X509Certificate2 certificate, X509Certificate2Collection sent, Domain domain, CertificateUse use);

    /// <summary>All domains that the certificate proves; empty if none.</summary>
    IReadOnlySet<Domain> DomainsOf(X509Certificate2 certificate, X509Certificate2Collection sent, CertificateUse use);
}
