using Microsoft.AspNetCore.Server.Kestrel.Core;
using Presence.Federation.Accepting;
using Presence.Gateway.Options;
using Presence.Transports.Federation;
using Presence.Transports.Grpc;
using Presence.Transports.Grpc.Hosting;
using Presence.Transports.Tcp;
using Presence.Transports.Tls;

namespace Presence.Gateway.Hosting;

/// <summary>The listeners of this node. After the start each tells the port that it really has.</summary>
internal sealed class Listeners
{
    private const int MaxRequestBody = 64 * 1024;

    // Silence after which an HTTP/2 client is asked for life, and the time that it has to answer.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    public ListenOptions? Pip { get; private set; }

    public ListenOptions? Pips { get; private set; }

    public ListenOptions? Http { get; private set; }

    public ListenOptions? Grpc { get; private set; }

    public ListenOptions? Peers { get; private set; }

    /// <exception cref="StartRefusedException">Other domains would reach a listener with nothing behind it.</exception>
    public static Listeners Add(WebApplicationBuilder builder, ListenerOptions options)
    {
        if (EndPoints.Parse(options.Peers) is not null
            && builder.Services.All(known => known.ServiceType != typeof(IPeerAcceptor)))
            throw StartRefusedException.About(
                ListenerKeyNames.Peers, options.Peers, "this node does not hold links to other domains yet");
        var listeners = new Listeners();
        builder.WebHost
            .UseKestrelCore()
            .UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => listeners.Open(kestrel, options));
        return listeners;
    }

    private void Open(KestrelServerOptions kestrel, ListenerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxRequestBody;
        if (EndPoints.Parse(options.Pip) is { } pip)
            kestrel.Listen(pip, listen => Pip = listen.UsePip(options.PipStartTls));
        if (EndPoints.Parse(options.Pips) is { } pips)
            kestrel.Listen(pips, listen => Pips = listen.UsePips(options.PipsHttp));
        if (EndPoints.Parse(options.Http) is { } http)
            kestrel.Listen(http, listen => (Http = listen).Protocols = HttpProtocols.Http1);
        kestrel.Limits.MaxRequestHeadersTotalSize = CallCheck.MostMetadataOfAll;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = CallCheck.MostMetadataOfAll;
        kestrel.Limits.Http2.KeepAlivePingDelay = KeepAlive;
        kestrel.Limits.Http2.KeepAlivePingTimeout = KeepAlive;
        if (EndPoints.Parse(options.Grpc) is { } grpc)
            kestrel.Listen(grpc, listen => Grpc = listen.UseGrpc());
        if (EndPoints.Parse(options.Peers) is { } peers)
            kestrel.Listen(peers, listen => Peers = listen.UsePeers());
    }
}
