namespace Presence.Federation.Accepting;

/// <summary>Who serves the connections that other domains open.</summary>
public interface IPeerAcceptor
{
    /// <summary>
    /// Serves one connection from greeting to end. When it returns, the listener flushes and closes the connection.
    /// Hostile input never makes it throw.
    /// </summary>
    Task Accept(PeerConnection connection);
}
