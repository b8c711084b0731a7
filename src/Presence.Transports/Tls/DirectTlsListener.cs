using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Presence.Transports.Connections;

namespace Presence.Transports.Tls;

public static class DirectTlsListener
{
    /// <summary>Time for the whole handshake: 10 s, then the connection is closed.</summary>
    public static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(10);

    /// <summary>
    /// PIP with TLS from the first octet and ALPN <c>pip/1</c> (docs/protocol 2.12, D5). A client that offers other
    /// names only has its handshake aborted, one that offers none is closed without a greeting.
    /// </summary>
    /// <param name="listen">The listener.</param>
    /// <param name="servesHttp">
    /// True to serve HTTP too, to clients that offer <c>h2</c> or <c>http/1.1</c>: port 443 then does for all.
    /// </param>
    public static ListenOptions UsePips(this ListenOptions listen, bool servesHttp = false)
    {
        ArgumentNullException.ThrowIfNull(listen);
        var protocols = servesHttp ? Handshake.WithHttp : Handshake.PipOnly;
        var handshake = ActivatorUtilities.CreateInstance<Handshake>(listen.ApplicationServices, protocols);
        listen.UseLingeringClose();
        LimitedHandshakes.Guard(listen);
        // Kestrel fills in h2 and http/1.1 only where a callback leaves ApplicationProtocols null.
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = HandshakeTime,
            OnConnection = handshake.Answer,
        });
        var services = listen.ApplicationServices;
        listen.Use(next => ActivatorUtilities.CreateInstance<NegotiatedTls>(services, next).OnConnection);
        if (servesHttp)
            listen.UseSharedPort();
        else
            listen.UseConnectionHandler<SessionConnectionHandler>();
        return listen;
    }

    /// <summary>Kestrel's HTTP server stands behind all that is added here; only sessions must not reach it.</summary>
    private static void UseSharedPort(this ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        var sessions = ActivatorUtilities.CreateInstance<SessionConnectionHandler>(listen.ApplicationServices);
        listen.Use(http => connection =>
            NegotiatedTls.IsPip(connection) ? sessions.OnConnectedAsync(connection) : http(connection));
    }
}
