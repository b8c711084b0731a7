using Presence.Model.Addresses;

namespace Presence.Sessions.Transport;

/// <summary>
/// Whom the transport has authenticated already, by credentials that came with the call: such a connection needs neither
/// HELLO nor AUTH and begins where AUTH ends, with the limits that HELLO would announce.
/// </summary>
/// <param name="User">A user of a hosted domain.</param>
public sealed record KnownCaller(Address User);
