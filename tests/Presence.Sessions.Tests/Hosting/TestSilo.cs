using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;
using Presence.Contracts;
using Presence.Contracts.Routes;
using Presence.Grains;
using Presence.Grains.Routes;
using Presence.Model.Accounts;
using Presence.Model.Addresses;

[assembly: AssemblyFixture(typeof(Presence.Sessions.Tests.Hosting.TestSilo))]

namespace Presence.Sessions.Tests.Hosting;

/// <summary>One silo with the real grains for all tests; presence lives by a clock that stands still.</summary>
public sealed class TestSilo : IAsyncLifetime
{
    private InProcessTestCluster? _cluster;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public IClusterClient Client => _cluster!.Client;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(new PresenceClock(Clock));
            silo.AddPresenceGrains()
                .AddMemoryGrainStorage(PresenceGrainsExtensions.StorageName)
                .AddMemoryGrainStorage("PubSubStore")
                .AddRouteStreams();
        });
        builder.ConfigureClient(client => client.AddMemoryStreams(RouteStreams.Provider));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }

    /// <summary>An account whose password is its name.</summary>
    public async Task<string> NewUser(string local)
    {
        var verifier = ScramVerifier.Derive(local, "a salt for tests"u8, ScramVerifier.MinIterations);
        Assert.Null(await Client.GetAccount(Address.Parse($"{local}@localhost")).Create(verifier));
        return local;
    }
}
