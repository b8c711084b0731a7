namespace Presence.Transports.WebSockets;

/// <summary>How browsers come in. Configuration section <c>Presence:WebSocket</c>.</summary>
public sealed class WebSocketSettings
{
    public const string Section = "Presence:WebSocket";

    /// <summary>Where the sessions are: <c>/pip</c>.</summary>
    public const string Path = "/pip";

    /// <summary>The sub-protocol that a client must ask for: <c>pip.1</c>.</summary>
    public const string SubProtocol = "pip.1";

    /// <summary>
    /// Origins whose pages may connect, as browsers send them (<c>https://chat.a.example</c>). Default empty: every one may.
    /// With a list, a request with another origin or with none gets 403.
    /// </summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>
    /// What <c>/.well-known/pip</c> tells, as <c>wss://a.example/pip</c>. Default empty: the address that was asked.
    /// </summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>Time between two pings of the WebSocket, which keep proxies from closing it: 1 s–1 h, default 30 s.</summary>
    public TimeSpan Ping { get; init; } = TimeSpan.FromSeconds(30);
}
