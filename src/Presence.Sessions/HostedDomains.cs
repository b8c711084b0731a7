using Presence.Contracts;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Replies;

namespace Presence.Sessions;

/// <summary>The domains that this service is the home of. The first one is shown in greetings to people.</summary>
public sealed class HostedDomains(IReadOnlyList<Domain> all) : IHostedDomains
{
    /// <summary>A domain that is not served here and cannot be reached.</summary>
    public static readonly Refusal NoService = new(502, "no-service");

    public IReadOnlyList<Domain> All { get; } = all;

    public bool Contains(Domain domain) => All.Contains(domain);

    /// <summary>
    /// Why no grain may be asked about this node, or null. What is to be asked of another domain has gone another way
    /// before (<see cref="Abroad.ForeignDomains"/>); the nodes of domains themselves hold nothing yet. A grain must never wake for an address that this service is not the home of.
    /// </summary>
    public Refusal? Refuse(Address node) =>
        !Contains(node.Domain) ? NoService : node.IsDomain ? Refusal.NotFound : null;

    /// <summary>The same for a place: what a domain has is its interest nodes.</summary>
    public Refusal? Refuse(Place place) => place.Address is not { } node ? null
        : Contains(node.Domain) && InterestNode.IsAbout(place) ? null
        : Refuse(node);
}
