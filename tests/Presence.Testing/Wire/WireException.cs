namespace Presence.Testing.Wire;

/// <summary>The server broke the framing or token rules (docs/protocol: framing, control lines).</summary>
public sealed class WireException(string message) : Exception(message);
