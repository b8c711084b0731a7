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

namespace Presence.Transports.Tests.Fakes;

/// <summary>A real Kestrel on free ports of this machine, with a clear-text and a TLS listener.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly WebApplication _app;
    private ListenOptions? _pip;
    private ListenOptions? _pips;

    private Node(ISessionHost sessions, ICertificateSource certificates, Action<IServiceCollection> configure)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(sessions);
        builder.Services.AddSingleton(certificates);
        configure(builder.Services);
        builder.Services.AddPresenceTransports();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(Listen);
        _app = builder.Build();
    }

    public IPEndPoint Pip => _pip!.IPEndPoint!;

    public IPEndPoint Pips => _pips!.IPEndPoint!;

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
    }
}
