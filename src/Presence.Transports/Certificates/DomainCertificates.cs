using System.Collections.Frozen;
using Presence.Model.Addresses;

namespace Presence.Transports.Certificates;

/// <summary>To each hosted domain its certificate, and to nobody else any.</summary>
public sealed class DomainCertificates(FrozenDictionary<Domain, ServedCertificate> byDomain) : ICertificateSource
{
    /// <inheritdoc/>
    /// <remarks>One that names no server gets the certificate only where there is one domain, and nothing to guess.</remarks>
    public ServedCertificate? Find(string? serverName)
    {
        if (string.IsNullOrEmpty(serverName))
            return byDomain.Count == 1 ? byDomain.Values[0] : null;
        return Domain.TryParse(serverName, out var domain, out _) ? byDomain.GetValueOrDefault(domain) : null;
    }
}
