using Presence.Model.Addresses;

namespace Presence.Transports.Federation;

/// <summary>Feature of a connection: the domains that the certificate of the other side proves.</summary>
internal sealed record ProvenDomains(IReadOnlySet<Domain> Domains);
