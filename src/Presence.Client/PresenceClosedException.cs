namespace Presence.Client;

/// <summary>
/// The client is over for good: it was disposed (reason <c>disposed</c>), or connecting again makes no sense, because the
/// account is not let in any more or another program has taken its endpoint. The inner exception tells.
/// </summary>
/// <param name="reason">Reason word.</param>
/// <param name="message">A sentence for people.</param>
/// <param name="inner">The cause.</param>
public sealed class PresenceClosedException(string reason, string message, Exception? inner = null)
    : PresenceException(inner is PresenceException { Code: var code } ? code : 0, reason, message, inner);
