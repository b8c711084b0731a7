using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Presence.Sessions;
using Presence.Sessions.Transport;
using Presence.Transports.Connections;
using Presence.Transports.Metrics;

namespace Presence.Transports.WebSockets;

/// <summary>Decides who may open a WebSocket, and brings those who may to the sessions. Cookies mean nothing here.</summary>
internal sealed partial class WebSocketDoor(
    ISessionHost sessions,
    SessionDrain drain,
    IHostApplicationLifetime lifetime,
    IOptions<WebSocketSettings> settings,
    IOptions<SessionOptions> limits,
    TransportMetrics metrics,
    TimeProvider time,
    ILogger<WebSocketDoor> logger)
{
    public async Task Answer(HttpContext http)
    {
        if (Refuse(http) is { } status)
        {
            http.Response.StatusCode = status;
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = WebSocketSettings.SubProtocol,
            KeepAliveInterval = settings.Value.Ping,
        });
        await Serve(http, socket);
    }

    private int? Refuse(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
            return StatusCodes.Status426UpgradeRequired;
        if (!IsOriginAllowed(http.Request))
            return StatusCodes.Status403Forbidden;
        return http.WebSockets.WebSocketRequestedProtocols.Contains(WebSocketSettings.SubProtocol)
            ? null
            : StatusCodes.Status400BadRequest;
    }

    /// <summary>With a list, no origin is a foreign one too: all browsers send it, so nobody is locked out who is meant.</summary>
    private bool IsOriginAllowed(HttpRequest request) =>
        settings.Value.Origins is { Count: 0 }
        || settings.Value.Origins.Contains(request.Headers.Origin.ToString(), StringComparer.OrdinalIgnoreCase);

    private async Task Serve(HttpContext http, WebSocket socket)
    {
        using var open = metrics.Opened("websocket");
        var pipe = new WebSocketPipe(
            socket, BatchingUpgrade.Of(http), limits.Value.MaxLine + limits.Value.MaxBody, time);
        // The one notice of a shutdown that reaches upgraded connections. Begin() keeps the task and StopAsync awaits it.
        using var draining = lifetime.ApplicationStopping.Register(() => _ = drain.Begin());
        using var cut = drain.Late.Register(http.Abort);
        try
        {
            var pumping = pipe.Pump();
            await sessions.Serve(Describe(http, pipe));
            await pipe.Finish(pumping);
        }
        catch (Exception torn) when (torn is IOException or OperationCanceledException or WebSocketException)
        {
            LogTorn(torn, http.Connection.Id);
            http.Abort();
        }
    }

    /// <summary>
    /// The host name is tied to the domain by the domain's own document, not by being equal, so HELLO is not compared
    /// with it (docs/protocol/sessions.md).
    /// </summary>
    private static SessionTransport Describe(HttpContext http, WebSocketPipe pipe)
    {
        var remote = http.Connection.RemoteIpAddress;
        var tls = http.Features.Get<TlsFacts>();
        return new SessionTransport(
            http.Connection.Id,
            pipe,
            remote is null ? "unknown" : new IPEndPoint(remote, http.Connection.RemotePort).ToString(),
            remote is not null && IPAddress.IsLoopback(remote),
            tls is null ? null : tls with { ServerName = null },
            _ => http.Abort()) { Kind = "websocket" };
    }
}
