using System.Net.Security;
using Presence.Federation.Trust;
using Presence.Model.Addresses;
using Presence.Transports.Certificates;

namespace Presence.Transports.Federation;

/// <summary>A node shows to other domains the certificates that it shows to its clients.</summary>
internal sealed class ServedIdentities(ICertificateSource certificates) : IOwnCertificates
{
    /// <inheritdoc/>
    public SslStreamCertificateContext? Find(Domain domain) => certificates.Find(domain.Value)?.Context;
}
