using Presence.Model.Addresses;

namespace Presence.Contracts;

/// <summary>Whose home this service is. Nodes of other domains have no grains here.</summary>
public interface IHostedDomains
{
    /// <summary>True for a domain whose nodes live here.</summary>
    bool Contains(Domain domain);
}
