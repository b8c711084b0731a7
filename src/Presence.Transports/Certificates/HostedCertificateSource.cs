using System.Collections.Frozen;
using Presence.Model.Addresses;

namespace Presence.Transports.Certificates;

/// <summary>One certificate for all hosted domains, and for nobody else.</summary>
/// <param name="certificate">Covers every hosted domain, which its owner has to see to.</param>
/// <param name="domains">The hosted domains.</param>
public sealed class HostedCertificateSource(ServedCertificate certificate, IEnumerable<Domain> domains)
    : ICertificateSource
{
    private readonly FrozenSet<Domain> _domains = domains.ToFrozenSet();

    /// <inheritdoc/>
    /// <remarks>
    /// A client that names no server (it connected to a bare IP address) gets the certificate only where there is one
    /// hosted domain, so that there is nothing to guess.
    /// </remarks>
    public ServedCertificate? Find(string? serverName)
    {
        if (string.IsNullOrEmpty(serverName))
            return _domains.Count == 1 ? certificate : null;
        return Domain.TryParse(serverName, out var domain, out _) && _domains.Contains(domain) ? certificate : null;
    }
}
