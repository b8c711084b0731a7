namespace Presence.Client;

/// <summary>
/// What can go wrong between an application and a server. The heirs tell what it means:
/// <list type="table">
/// <item><term><see cref="PipRefusedException"/></term><description>the server said no; the session goes on</description></item>
/// <item><term><see cref="PresenceUnansweredException"/></term><description>no answer came</description></item>
/// <item><term><see cref="Login.PipLoginException"/></term><description>the account was not let in</description></item>
/// <item><term><see cref="Connections.PipConnectionException"/></term><description>no connection, or no more</description></item>
/// <item><term><see cref="PresenceClosedException"/></term><description>the client is over for good</description></item>
/// </list>
/// </summary>
/// <param name="code">See <see cref="Code"/>.</param>
/// <param name="reason">See <see cref="Reason"/>.</param>
/// <param name="message">A sentence for people.</param>
/// <param name="inner">What caused it, if that is known.</param>
public abstract class PresenceException(int code, string reason, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The server's code, 300–599 (docs/protocol/codes.md); 0 if the server said nothing.</summary>
    public int Code { get; } = code;

    /// <summary>The server's reason word for programs, or one of this side's when <see cref="Code"/> is 0.</summary>
    public string Reason { get; } = reason;
}
