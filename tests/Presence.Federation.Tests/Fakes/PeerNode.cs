using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Presence.Federation.Accepting;
using Presence.Federation.Dialing;
using Presence.Sessions;
using Presence.Sessions.Transport;
using Presence.Transports;
using Presence.Transports.Certificates;
using Presence.Transports.Federation;

namespace Presence.Federation.Tests.Fakes;

/// <summary>A node that federates, without users: a real listener for peers on a free port, and a dialler.</summary>
internal sealed class PeerNode : IAsyncDisposable
{
    private readonly WebApplication _app;
    private ListenOptions? _peers;

    private PeerNode(ICertificateSource certificates, FederationOptions options, Action<IServiceCollection>? configure)
    {
        Options = new FixedOptions(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(certificates);
        builder.Services.AddSingleton<IOptionsMonitor<FederationOptions>>(Options);
        builder.Services.AddSingleton<IPeerAcceptor>(Acceptor);
        builder.Services.AddSingleton<ISessionHost, NoSessions>();
        builder.Services.AddSingleton(new HostedDomains([]));
        builder.Services.AddPresenceTransports();
        builder.Services.AddPresenceFederation();
        configure?.Invoke(builder.Services);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => _peers = listen.UsePeers()));
        _app = builder.Build();
    }

    public EchoAcceptor Acceptor { get; } = new();

    public FixedOptions Options { get; }

    public IPEndPoint End => _peers!.IPEndPoint!;

    public IServiceProvider Services => _app.Services;

    public IPeerDialer Dialer => Services.GetRequiredService<IPeerDialer>();

    public static async Task<PeerNode> Start(
        ICertificateSource certificates, FederationOptions options, Action<IServiceCollection>? configure = null)
    {
        var node = new PeerNode(certificates, options, configure);
        await node._app.StartAsync(Deadline.Token);
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(Deadline.Token);
        await _app.DisposeAsync();
    }
}
