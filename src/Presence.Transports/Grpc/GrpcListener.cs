using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Presence.Transports.Tls;

namespace Presence.Transports.Grpc;

public static class GrpcListener
{
    private static readonly List<SslApplicationProtocol> Http2 = [SslApplicationProtocol.Http2];

    /// <summary>
    /// HTTP/2 alone: in clear text with prior knowledge (h2c) on a loopback address, else TLS with ALPN <c>h2</c>.
    /// </summary>
    public static ListenOptions UseGrpc(this ListenOptions listen)
    {
        ArgumentNullException.ThrowIfNull(listen);
        listen.Protocols = HttpProtocols.Http2;
        if (listen.IPEndPoint is { } end && IPAddress.IsLoopback(end.Address))
            return listen;
        LimitedHandshakes.Guard(listen);
        var handshake = ActivatorUtilities.CreateInstance<Handshake>(listen.ApplicationServices, Http2);
        return listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = DirectTlsListener.HandshakeTime,
            OnConnection = handshake.Answer,
        });
    }
}
