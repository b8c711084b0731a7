using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;
using Presence.Contracts;
using Presence.Contracts.Nearby;
using Presence.Contracts.Routes;
using Presence.Grains.Routes;
using Presence.Model.Addresses;

namespace Presence.Grains.Tests.Hosting;

/// <summary>
/// The real grains on one real silo, called by a client that serialises whatever passes. Orleans keeps the system
/// clock; presence lives by <see cref="Clock"/>, which stands still until a test moves it.
/// </summary>
internal sealed class PresenceSilo : IAsyncDisposable
{
    private static int _names;

    private readonly InProcessTestCluster _cluster;

    private PresenceSilo(InProcessTestCluster cluster, FakeTimeProvider clock)
    {
        _cluster = cluster;
        Clock = clock;
    }

    public FakeTimeProvider Clock { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    public IClusterClient Client => _cluster.Client;

    /// <summary>What a gateway in the silo's process may do without a call.</summary>
    public IUserDesks Desks => _cluster.Silos[0].ServiceProvider.GetRequiredService<IUserDesks>();

    /// <summary>What it knows of accounts without one.</summary>
    public INearAccounts Accounts => _cluster.Silos[0].ServiceProvider.GetRequiredService<INearAccounts>();

    /// <summary>Where a gateway says that it is in the silo's process.</summary>
    public NearGateway Near => _cluster.Silos[0].ServiceProvider.GetRequiredService<NearGateway>();

    /// <summary>What the grains count from now on.</summary>
    public MetricCollector<long> Collect(string instrument) => new(
        _cluster.Silos[0].ServiceProvider.GetRequiredService<IMeterFactory>(), PresenceGrainsExtensions.MeterName,
        instrument);

    public static async Task<PresenceSilo> Start(Action<ISiloBuilder> storage, GrainOptions? options = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(new PresenceClock(clock));
            silo.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(
                new AccessOptions { Administrators = ["warden@bounded.example"] }));
            if (options is not null)
                silo.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(options));
            storage(silo);
            silo.AddPresenceGrains()
                .AddMemoryGrainStorage("PubSubStore")
                .AddRouteStreams();
        });
        builder.ConfigureClient(client => client.AddMemoryStreams(RouteStreams.Provider));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new PresenceSilo(cluster, clock);
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    /// <summary>Ends the silo as an operator would, so that another may open its store.</summary>
    public Task Stop() => _cluster.StopAllSilosAsync();

    /// <summary>An address that no other test has.</summary>
    public static Address FreshAddress(string domain = "a.example") =>
        Address.Parse($"user{Interlocked.Increment(ref _names)}@{domain}");

    public static string FreshRoute() => $"route{Interlocked.Increment(ref _names)}";

    /// <summary>A person with an account's node.</summary>
    public async Task<Person> NewPerson()
    {
        var person = Nobody();
        await person.Node.Create();
        return person;
    }

    /// <summary>Somebody who speaks under an address without a node here.</summary>
    public Person Nobody(string domain = "a.example") => new(this, FreshAddress(domain));

    public async Task<Gateway> NewGateway() => await Gateway.Open(this, FreshRoute());

    /// <summary>Takes the activation out of memory, whatever keeps it.</summary>
    public Task Deactivate(IAddressable grain) => _cluster.DeactivateAsync(grain);

    /// <summary>Which activation answers for the grain now; null if none.</summary>
    public ActivationId? ActivationOf(IAddressable grain) =>
        _cluster.TryGetGrainContext(grain.GetGrainId(), out var context) ? context.ActivationId : null;

    /// <summary>Complete when the grain has left memory by itself; fails if it does not within 20 s.</summary>
    public Task UntilGone(IAddressable grain) => _cluster.TryGetGrainContext(grain.GetGrainId(), out var context)
        ? context.Deactivated.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System)
        : Task.CompletedTask;

    /// <summary>Collects until this one is gone: a grain that has just answered may count as busy for another moment.</summary>
    public async Task CollectUntilGone(IAddressable grain)
    {
        for (var tries = 0; ActivationOf(grain) is not null; tries++)
        {
            Assert.True(tries < 1000, "The activation is kept.");
            await CollectIdle();
        }
    }

    /// <summary>Collects every activation that nothing keeps, as idle collection does.</summary>
    public async Task CollectIdle() =>
        await Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
}
