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
    /// <summary>How events for him are written.</summary>
    public EventForm Form => Session.FormFor(Pair);
}
