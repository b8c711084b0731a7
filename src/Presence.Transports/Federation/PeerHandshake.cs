using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Presence.Federation.Trust;
using Presence.Locating.Trust;
using Presence.Transports.Tls;

namespace Presence.Transports.Federation;

/// <summary>
/// A handshake that asks for a certificate too. One that proves nothing does not end it, for then the other side could
/// not be told why: its connection has no domains, and AUTH refuses it.
/// </summary>
internal sealed class PeerHandshake(Handshake handshake, IPeerIdentity identity)
{
    [SuppressMessage("Security", "CA5359", Justification = "What was shown is judged; AUTH acts on the judgement.")]
    public async ValueTask<SslServerAuthenticationOptions> Answer(TlsHandshakeCallbackContext context)
    {
        var options = await handshake.Answer(context);
        options.ClientCertificateRequired = true;
        options.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
        options.RemoteCertificateValidationCallback = (_, shown, chain, _) =>
        {
            if (shown is X509Certificate2 certificate)
                context.Connection.Features.Set(Prove(certificate, chain));
            return true;
        };
        return options;
    }

    private ProvenDomains Prove(X509Certificate2 certificate, X509Chain? chain) =>
        new(identity.DomainsOf(certificate, chain?.ChainPolicy.ExtraStore ?? [], CertificateUse.Client));
}
