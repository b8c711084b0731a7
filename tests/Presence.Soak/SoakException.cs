namespace Presence.Soak;

/// <summary>The run cannot go on, or cannot begin: wrong arguments, no server, a login refused.</summary>
internal sealed class SoakException(string message) : Exception(message);
