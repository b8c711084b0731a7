using Presence.Model.Addresses;
using Presence.Protocol.Framing;

namespace Presence.Client.Peers;

/// <summary>Who meets whom.</summary>
/// <param name="Self">The owner of this side.</param>
/// <param name="Other">The owner of the other side.</param>
/// <param name="Offer">Where the other side is, and its fingerprint, as the home servers carried them.</param>
/// <param name="Decides">True for the side that invited.</param>
/// <param name="Door">Answers what the other side asks once it is in.</param>
internal sealed record PeerMeeting(
    Address Self, Address Other, PeerOffer Offer, bool Decides, Func<PeerLink, Frame, ValueTask<PeerReply>> Door);
