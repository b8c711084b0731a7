using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Streams;
using Presence.Contracts;
using Presence.Contracts.Nearby;
using Presence.Contracts.Routes;
using Presence.Model.Accounts;
using Presence.Model.Addresses;
using Presence.Sessions.Administration;
using Presence.Sessions.Connections;
using Presence.Sessions.Gateways;
using Presence.Sessions.Metrics;
using Presence.Sessions.Transport;

namespace Presence.Sessions.Tests.Hosting;

/// <summary>A gateway of its own before the shared silo, reached over in-memory pipes.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly TestSilo _silo;
    private int _connections;
    private bool _isStopped;

    private TestGateway(ServiceProvider services, TestSilo silo)
    {
        _services = services;
        _silo = silo;
    }

    public ISessionHost Host => _services.GetRequiredService<ISessionHost>();

    public Gateway Gateway => _services.GetRequiredService<Gateway>();

    public RouteListener Listener => _services.GetServices<IHostedService>().OfType<RouteListener>().Single();

    /// <summary>Where grains would find this gateway if they were in its process.</summary>
    public NearGateway Near => _services.GetRequiredService<NearGateway>();

    public GatewayAdministration Administration => _services.GetRequiredService<GatewayAdministration>();

    /// <param name="silo">The silo behind it.</param>
    /// <param name="options">Of its sessions.</param>
    /// <param name="departing">Runs before a node is told that sessions which watched it are over.</param>
    public static async Task<TestGateway> Open(TestSilo silo, SessionOptions? options = null, Func<Task>? departing = null)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<IGrainFactory>(silo.Client);
        services.AddKeyedSingleton<IStreamProvider>(
            RouteStreams.Provider, (_, _) => silo.Client.GetStreamProvider(RouteStreams.Provider));
        services.AddSingleton(new PresenceClock(silo.Clock));
        services.AddSingleton(new HostedDomains([Domain.Parse("localhost")]));
        services.AddSingleton(new UnknownAccountSalt(new byte[32], ScramVerifier.MinIterations));
        if (departing is not null)
        {
            services.AddSingleton(provider => new Departures(async (node, gone, route) =>
            {
                await departing();
                await provider.GetRequiredService<WatchedNodes>().Depart(node, gone, route);
            }));
        }

        services.AddPresenceSessions();
        services.AddPresenceAdministration(new AdminToken("a token"), new AccountOptions());
        services.AddSingleton(Options.Create(options ?? Generous()));
        var gateway = new TestGateway(services.BuildServiceProvider(), silo);
        foreach (var started in gateway._services.GetServices<IHostedService>())
            await started.StartAsync(CancellationToken.None);
        return gateway;
    }

    /// <summary>Nothing that a quick test would run into.</summary>
    public static SessionOptions Generous(string? alternative = null) => new()
    {
        Alternative = alternative,
        PlainOnLoopback = true,
        RequestsPerSecond = 1_000_000,
        RequestBurst = 1_000_000,
        MaxQueuedOctets = 64 * 1024 * 1024,
    };

    /// <summary>What this gateway counts from now on.</summary>
    public MetricCollector<T> Collect<T>(string instrument)
        where T : struct =>
        new(_services.GetRequiredService<IMeterFactory>(), SessionMetrics.MeterName, instrument);

    /// <summary>A session that no connection serves: the test attaches a wire of its own.</summary>
    public Session Unserved(Address user)
    {
        var nowhere = new Pipe();
        var transport = new SessionTransport(
            "unserved", new Ends(nowhere.Reader, nowhere.Writer), "127.0.0.1:1", true, null, _ => { });
        return new Session(transport, Generous(), Gateway.Metrics, _silo.Clock) { User = user };
    }

    public TestClient Connect(int pipeOctets = 64 * 1024)
    {
        var limits = new PipeOptions(pauseWriterThreshold: pipeOctets, resumeWriterThreshold: pipeOctets / 2);
        var (up, down) = (new Pipe(limits), new Pipe(limits));
        var id = $"c{Interlocked.Increment(ref _connections)}";
        var transport = new SessionTransport(
            id, new Ends(up.Reader, down.Writer), $"127.0.0.1:{_connections}", true, null, _ => up.Writer.Complete());
        return new TestClient(up.Writer, down.Reader, Serve(transport));
    }

    /// <summary>Stops what was started, as a host does whose time for it is over with <paramref name="time"/>.</summary>
    public async Task Stop(CancellationToken time)
    {
        if (_isStopped)
            return;
        _isStopped = true;
        foreach (var started in _services.GetServices<IHostedService>().Reverse())
            await started.StopAsync(time);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop(CancellationToken.None);
        await _services.DisposeAsync();
    }

    private async Task Serve(SessionTransport transport)
    {
        await Host.Serve(transport);
        await transport.Pipe.Output.CompleteAsync();
        await transport.Pipe.Input.CompleteAsync();
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
