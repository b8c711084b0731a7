namespace Presence.Protocol.Sasl;

/// <summary><c>attr-val = ALPHA "=" value</c>, the value not empty.</summary>
internal readonly record struct ScramAttribute(char Name, string Value);
