using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Presence.Federation.Trust;
using Presence.Locating.Trust;
using Presence.Model.Addresses;

namespace Presence.Federation.Dialing;

/// <summary>Looks at the certificate of a server during the handshake, and remembers what it has proven.</summary>
internal sealed class ServerProof(IPeerIdentity identity, Domain wanted)
{
    /// <summary>The domains that it proves; the one wanted is among them once the handshake is through.</summary>
    public IReadOnlySet<Domain> Domains { get; private set; } = new HashSet<Domain>();

    /// <summary>Why the certificate was not taken, or null.</summary>
    public string? WhyNot { get; private set; }

    /// <summary>The callback of <see cref="SslStream"/>, whose own opinion of names and chain does not count.</summary>
    public bool Check(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (shown is not X509Certificate2 certificate)
        {
            WhyNot = "it shows no certificate";
            return false;
        }

        X509Certificate2Collection sent = chain?.ChainPolicy.ExtraStore ?? [];
        WhyNot = identity.WhyNot(certificate, sent, wanted, CertificateUse.Server);
        if (WhyNot is null)
            Domains = identity.DomainsOf(certificate, sent, CertificateUse.Server);
        return WhyNot is null;
    }
}
