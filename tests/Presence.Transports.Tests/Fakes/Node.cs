using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Presence.Sessions.Transport;
using Presence.Transports.Certificates;
using Presence.Transports.Tcp;
using Presence.Transports.Tls;
using Presence.Transports.WebSockets;

namespace Presence.Transports.Tests.Fakes;

/// <summary>A real Kestrel on free ports of this machine, with a clear-text, a TLS, a shared and an HTTP listener.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly WebApplication _app;
    private ListenOptions? _pip;
    private ListenOptions? _pips;
    private ListenOptions? _shared;
    private ListenOptions? _http;

    private Node(ISessionHost sessions, ICertificateSource certificates, Action<IServiceCollection> configure)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(sessions);
        builder.Services.AddSingleton(certificates);
        builder.Services.AddRoutingCore();
        builder.Services.AddPresenceTransports();
        configure(builder.Services);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(Listen);
        _app = builder.Build();
        _app.MapWebSockets();
    }

    public IPEndPoint Pip => _pip!.IPEndPoint!;

    public IPEndPoint Pips => _pips!.IPEndPoint!;

    /// <summary>TLS for PIP and HTTP.</summary>
    public IPEndPoint Shared => _shared!.IPEndPoint!;

    public IPEndPoint Http => _http!.IPEndPoint!;

    public IServiceProvider Services => _app.Services;

    public static async Task<Node> Start(
        ISessionHost sessions, ICertificateSource? certificates = null, Action<IServiceCollection>? configure = null)
    {
        var node = new Node(sessions, certificates ?? new FixedCertificates("a.example"), configure ?? (_ => { }));
        await node._app.StartAsync(Deadline.Token);
        return node;
    }

    public Task Stop() => _app.StopAsync(Deadline.Token);

    public static async Task<NetworkStream> Connect(IPEndPoint end)
    {
        var socket = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(end, Deadline.Token);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(Deadline.Token);
        await _app.DisposeAsync();
    }

    private void Listen(KestrelServerOptions kestrel)
    {
        kestrel.Listen(IPAddress.Loopback, 0, listen => _pip = listen.UsePip());
        kestrel.Listen(IPAddress.Loopback, 0, listen => _pips = listen.UsePips());
        kestrel.Listen(IPAddress.Loopback, 0, listen => _shared = listen.UsePips(servesHttp: true));
        kestrel.Listen(IPAddress.Loopback, 0, listen => _http = listen);
    }
}
