namespace Presence.Sessions.Transport;

/// <summary>Where transports bring their connections.</summary>
public interface ISessionHost
{
    /// <summary>
    /// Serves one connection from greeting to end. Returns when the last octet is flushed or the connection is cut;
    /// hostile input never makes it throw.
    /// </summary>
    Task Serve(SessionTransport transport);

    /// <summary>
    /// Ends every session in good order: nothing new is taken, each session is told <c>421 0 going-down</c>, outboxes
    /// are flushed. Returns when all are gone or <paramref name="deadline"/> is cancelled.
    /// </summary>
    Task Drain(CancellationToken deadline);
}
