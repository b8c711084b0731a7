using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Presence.Transports.Metrics;

namespace Presence.Transports.Tls;

/// <summary>The step before the handshake: who has had his share is closed without a word, at the cost of an accept.</summary>
internal sealed class LimitedHandshakes(ConnectionDelegate next, HandshakeLimit limit, TransportMetrics metrics)
{
    public async Task OnConnection(ConnectionContext connection)
    {
        if (limit.TryTake(connection.RemoteEndPoint))
        {
            await next(connection);
            return;
        }

        metrics.Refused("handshakes");
        connection.Abort(new ConnectionAbortedException("too many handshakes of this address"));
    }

    /// <summary>Stands before TLS on this listener.</summary>
    public static void Guard(ListenOptions listen)
    {
        var services = listen.ApplicationServices;
        listen.Use(next => ActivatorUtilities.CreateInstance<LimitedHandshakes>(services, next).OnConnection);
    }
}
