namespace Presence.Protocol.Framing;

/// <summary>One <c>[!]name=value</c> of a line, decoded.</summary>
/// <param name="Name">Without the exclamation mark; at most 16 octets of a–z, 0–9 and hyphen.</param>
/// <param name="Value">Percent-decoded once; never null, without U+0000; may hold any other control character.</param>
/// <param name="IsCritical">True for <c>!name=</c>: a receiver that does not know it answers 420.</param>
public readonly record struct Parameter(string Name, string Value, bool IsCritical);
