namespace Presence.Testing.Conversations;

public enum ConnectKind
{
    ClearText,

    /// <summary>TLS from the first octet, ALPN `pip/1`, server name = the host's domain.</summary>
    Tls,

    /// <summary>WebSocket with the sub-protocol `pip.1`; each write of the runner is one message.</summary>
    WebSocket,
}
