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
    public static ListenOptions UsePips(this ListenOptions listen)
    {
        ArgumentNullException.ThrowIfNull(listen);
        var handshake = ActivatorUtilities.CreateInstance<Handshake>(listen.ApplicationServices);
        listen.UseLingeringClose();
        // Kestrel fills in h2 and http/1.1 only where a callback leaves ApplicationProtocols null.
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = HandshakeTime,
            OnConnection = handshake.Answer,
        });
        var services = listen.ApplicationServices;
        listen.Use(next => ActivatorUtilities.CreateInstance<NegotiatedTls>(services, next).OnConnection);
        listen.UseConnectionHandler<SessionConnectionHandler>();
        return listen;
    }
}
