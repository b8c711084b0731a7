namespace Presence.Testing.Conversations;

public enum ConnectKind
{
    ClearText,

    /// <summary>TLS from the first octet, ALPN `pip/1`, server name = the host's domain.</summary>
    Tls,
}
