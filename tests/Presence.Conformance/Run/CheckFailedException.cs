namespace Presence.Conformance.Run;

/// <summary>The server did not do what the statement asks.</summary>
internal sealed class CheckFailedException(string why) : Exception(why);

/// <summary>The statement cannot be tried on this server or over this carrier.</summary>
internal sealed class NotApplicableException(string why) : Exception(why);
