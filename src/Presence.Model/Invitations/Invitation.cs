using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Messages;

namespace Presence.Model.Invitations;

/// <summary>An offer of a session in another medium. Octets and type are carried unaltered (R76, R77).</summary>
/// <param name="From">The authenticated caller.</param>
/// <param name="Id">The caller's <c>inv</c>; with <paramref name="From"/> it makes a retry harmless.</param>
/// <param name="Session">The caller's session, to which the answers go.</param>
/// <param name="Type">Full MIME content type of the offer.</param>
/// <param name="Offer">The octets.</param>
/// <param name="Life">How long it rings.</param>
/// <param name="Expires">When the caller is told that nobody answered.</param>
public sealed record Invitation(
    Address From,
    string Id,
    string Session,
    string Type,
    ReadOnlyMemory<byte> Offer,
    TimeSpan Life,
    DateTimeOffset Expires)
{
    /// <summary>Nodes that have sent it on, the first one first.</summary>
    public ImmutableArray<Address> Via { get; init; } = [];

    /// <summary>Forwarding steps left, 0–8, default 8.</summary>
    public int Hops { get; init; } = InstantMessage.MaxHops;

    /// <summary>True for <c>want=redirect</c>: the caller goes to another address himself.</summary>
    public bool TakesRedirect { get; init; }
}
