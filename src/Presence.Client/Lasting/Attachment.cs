using Presence.Client.Connections;
using Presence.Client.Login;
using Presence.Model.Addresses;

namespace Presence.Client.Lasting;

/// <summary>A connection with a session on it.</summary>
/// <param name="Account">As the server names it.</param>
/// <param name="NextTag">Of a resumed session; null for a new one.</param>
/// <param name="Told">Up to which event RESUME has confirmed.</param>
internal sealed record Attachment(
    PipConnection Connection, ServerOffer Offer, Address Account, BoundSession Bound, long? NextTag, long Told);
