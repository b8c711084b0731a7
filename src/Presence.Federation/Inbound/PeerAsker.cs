using Presence.Contracts.Peers;
using Presence.Federation.Links;
using Presence.Model.Addresses;

namespace Presence.Federation.Inbound;

/// <summary>Who asks over a link.</summary>
/// <param name="Pair">The domains of the link.</param>
/// <param name="From">In whose name; always of the remote domain.</param>
/// <param name="Session">Where events for that domain go.</param>
internal sealed record PeerAsker(DomainPair Pair, Address From, LinkSession Session);
