using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;
using Presence.Sessions.Transport;
using Presence.Transports.Metrics;

namespace Presence.Transports.Connections;

/// <summary>Brings a Kestrel connection, its octets clear by now, to the sessions.</summary>
internal sealed partial class SessionConnectionHandler(
    ISessionHost sessions, SessionDrain drain, TransportMetrics metrics, ILogger<SessionConnectionHandler> logger) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        using var open = metrics.Opened(connection.Features.Get<TlsFacts>() is null ? "tcp" : "tls");
        using var draining = OnClosingRequested(connection);
        using var cut = drain.Late.Register(static late => Cut((ConnectionContext)late!, "the node stops"), connection);
        try
        {
            await sessions.Serve(Describe(connection));
        }
        catch (Exception torn) when (torn is IOException or OperationCanceledException)
        {
            LogTorn(torn, connection.ConnectionId);
        }
    }

    private CancellationTokenRegistration OnClosingRequested(ConnectionContext connection)
    {
        var lifetime = connection.Features.Get<IConnectionLifetimeNotificationFeature>();
        // Begin() keeps the task and StopAsync awaits it.
        return lifetime?.ConnectionClosedRequested.Register(static asked => _ = ((SessionDrain)asked!).Begin(), drain) ?? default;
    }

    private SessionTransport Describe(ConnectionContext connection)
    {
        var remote = connection.RemoteEndPoint as IPEndPoint;
        return new SessionTransport(
            connection.ConnectionId,
            connection.Transport,
            remote?.ToString() ?? "unknown",
            remote is not null && IPAddress.IsLoopback(remote.Address),
            connection.Features.Get<TlsFacts>(),
            reason => Cut(connection, reason))
        {
            StartTls = connection.Features.Get<StartTlsSwitch>(),
        };
    }

    private static void Cut(ConnectionContext connection, string reason) =>
        connection.Abort(new ConnectionAbortedException(reason));
}
