using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Providers;
using Orleans.TestingHost;

// One test at a time: collecting what is idle takes out the queue of the streams too, with the events in it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(Presence.OrleansSemantics.Tests.Hosting.SemanticsSilo))]

namespace Presence.OrleansSemantics.Tests.Hosting;

/// <summary>One silo of plain Orleans, for tests about Orleans: an upgrade shows what it changes.</summary>
public sealed class SemanticsSilo : IAsyncLifetime
{
    public const string Storage = "state";
    public const string Streams = "events";

    private static int _names;

    private readonly InProcessTestCluster _cluster = Build();

    public IClusterClient Client => _cluster.Client;

    public IServiceProvider SiloServices => _cluster.GetSiloServiceProvider();

    public T Service<T>()
        where T : notnull => _cluster.Client.ServiceProvider.GetRequiredService<T>();

    public static string FreshKey() => $"key{Interlocked.Increment(ref _names)}";

    public T NewGrain<T>()
        where T : IGrainWithStringKey => Client.GetGrain<T>(FreshKey());

    public Task Deactivate(IAddressable grain) => _cluster.DeactivateAsync(grain);

    public bool IsActive(IAddressable grain) => _cluster.TryGetGrainContext(grain.GetGrainId(), out _);

    public Task CollectIdle() => Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    private static InProcessTestCluster Build()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo((_, silo) => silo
            .AddMemoryGrainStorage(Storage)
            .AddMemoryGrainStorage("PubSubStore")
            .AddMemoryStreams(Streams, streams =>
            {
                streams.ConfigurePartitioning(1);
                streams.ConfigurePullingAgent(agent => agent.Configure(pulling =>
                {
                    pulling.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(2);

                    // By default a consumer that throws is asked for a whole minute, each second and later less often.
                    pulling.MaxEventDeliveryTime = TimeSpan.FromSeconds(2);
                }));
                streams.ConfigureBackoffProvider((_, _) => new QuickRetry());
            }));

        // As many queues as the silo has: a client with more would produce into queues that nobody reads.
        builder.ConfigureClient(client => client.AddMemoryStreams(
            Streams, streams => streams.ConfigurePartitioning(1)));
        return builder.Build();
    }

    private sealed class QuickRetry : IMessageDeliveryBackoffProvider
    {
        public TimeSpan Next(int attempt) => TimeSpan.FromMilliseconds(50);
    }
}
