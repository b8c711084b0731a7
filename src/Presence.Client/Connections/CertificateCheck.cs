using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Presence.Client.Connections;

/// <summary>
/// Accepts what the system accepts, and chains that end in one of the extra authorities. A wrong name is never
/// accepted: the certificate must be that of the domain (docs/protocol, section 4.5).
/// </summary>
internal sealed class CertificateCheck(X509Certificate2Collection extraAuthorities)
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    public bool IsAccepted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;

        return errors == SslPolicyErrors.RemoteCertificateChainErrors && extraAuthorities.Count > 0
            && certificate is not null && EndsInExtraAuthority(certificate, chain);
    }

    private bool EndsInExtraAuthority(X509Certificate certificate, X509Chain? received)
    {
        using var leaf = new X509Certificate2(certificate);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(extraAuthorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        if (received is not null)
        {
            foreach (var element in received.ChainElements)
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(leaf);
    }
}
