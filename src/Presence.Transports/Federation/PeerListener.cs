using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Presence.Transports.Connections;
using Presence.Transports.Tls;

namespace Presence.Transports.Federation;

public static class PeerListener
{
    /// <summary>
    /// The listener for servers of other domains: TLS from the first octet, ALPN <c>pip/1</c>, the certificate of the
    /// domain that was asked for by name, and a certificate asked of the other side. Connections go to
    /// <see cref="Presence.Federation.Accepting.IPeerAcceptor"/>.
    /// </summary>
    public static ListenOptions UsePeers(this ListenOptions listen)
    {
        ArgumentNullException.ThrowIfNull(listen);
        var services = listen.ApplicationServices;
        var handshake = ActivatorUtilities.CreateInstance<Handshake>(services, Handshake.PipOnly);
        var peers = ActivatorUtilities.CreateInstance<PeerHandshake>(services, handshake);
        var limit = ActivatorUtilities.CreateInstance<ConnectionsPerAddress>(services);
        listen.Use(limit.Before);
        listen.UseLingeringClose();
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = DirectTlsListener.HandshakeTime,
            OnConnection = peers.Answer,
        });
        listen.Use(next => ActivatorUtilities.CreateInstance<NegotiatedTls>(services, next).OnConnection);
        listen.UseConnectionHandler<PeerConnectionHandler>();
        return listen;
    }
}
