using Presence.Contracts.Peers;
using Presence.Federation.Links;
using Presence.Model.Addresses;

namespace Presence.Federation.Inbound;

/// <summary>Who asks over a link.</summary>
/// <param name="Pair">Our domain that is asked, and that of the asker.</param>
/// <param name="From">In whose name; always of the remote domain.</param>
/// <param name="Session">Where events for that domain go.</param>
internal sealed record PeerAsker(DomainPair Pair, Address From, LinkSession Session)
{
    /// <summary>Names the domain in events for it, where it must be named.</summary>
    public Domain? Beside => Session.Beside(Pair);
}
