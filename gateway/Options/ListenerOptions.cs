namespace Presence.Gateway.Options;

/// <summary>
/// Where this node listens, as <c>address:port</c> with a literal IP address; port 0 takes a free one, <c>off</c>
/// listens not at all. Configuration section <c>Presence:Listeners</c>.
/// </summary>
public sealed class ListenerOptions
{
    public const string Section = "Presence:Listeners";

    /// <summary>PIP in clear text, loopback addresses only. Default <c>127.0.0.1:7749</c>.</summary>
    public string Pip { get; init; } = "127.0.0.1:7749";

    /// <summary>Turns a connection of <see cref="Pip"/> to TLS when the client asks for it by STARTTLS. Default false.</summary>
    public bool PipStartTls { get; init; }

    /// <summary>PIP with TLS from the first octet. Default <c>127.0.0.1:7750</c>.</summary>
    public string Pips { get; init; } = "127.0.0.1:7750";

    /// <summary>
    /// Serves HTTP, and so WebSocket, on <see cref="Pips"/> too, to clients that offer it by ALPN. Default true.
    /// </summary>
    public bool PipsHttp { get; init; } = true;

    /// <summary>Sealed datagrams over UDP. Default <c>127.0.0.1:7750</c>.</summary>
    public string Udp { get; init; } = "127.0.0.1:7750";

    /// <summary>WebSocket and health, and administration for clients on this machine. Default <c>127.0.0.1:8080</c>.</summary>
    public string Http { get; init; } = "127.0.0.1:8080";

    /// <summary>Serves the web console at <c>/console/</c> and the page <c>/admin</c> wherever HTTP is served. Default true.</summary>
    public bool Console { get; init; } = true;

    /// <summary>gRPC: clear-text HTTP/2 on a loopback address, TLS on any other. Default <c>127.0.0.1:8081</c>.</summary>
    public string Grpc { get; init; } = "127.0.0.1:8081";

    /// <summary>Servers of other domains, over TLS. Default <c>off</c>; the port of the protocol is 7751.</summary>
    public string Peers { get; init; } = "off";
}
