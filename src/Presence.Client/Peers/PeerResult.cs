namespace Presence.Client.Peers;

/// <summary>What became of an attempt to go direct; without success the home servers go on as before.</summary>
/// <param name="IsDirect">True if a direct connection stands.</param>
/// <param name="Why">A sentence for people.</param>
public sealed record PeerResult(bool IsDirect, string Why);
