namespace Presence.Sessions;

/// <summary>A word that HELLO announces in <c>features</c> (docs/protocol/limits.md, "Features").</summary>
public sealed record Feature(string Word);
