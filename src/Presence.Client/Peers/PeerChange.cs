namespace Presence.Client.Peers;

/// <summary>A conversation has gone direct, or back to the home servers.</summary>
/// <param name="IsDirect">True while a direct connection stands.</param>
/// <param name="Why">A sentence for people.</param>
public sealed record PeerChange(bool IsDirect, string Why) : PresenceEvent(0, null);
