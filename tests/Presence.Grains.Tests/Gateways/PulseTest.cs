using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Presence.Grains.Fencing;

namespace Presence.Grains.Tests.Gateways;

/// <summary>A silo that runs when a test begins.</summary>
public abstract class PulseTest : IDisposable
{
    private readonly ServiceProvider _services;

    protected PulseTest()
    {
        _services = new ServiceCollection()
            .AddSingleton<IClusterMembershipService>(Table).AddSingleton<ISiloStatusOracle>(Table).BuildServiceProvider();
        Pulse = new SiloPulse(_services, Clock, NullLogger<SiloPulse>.Instance);
        Pulse.Beat();
    }

    private protected FakeTimeProvider Clock { get; } = new();

    private protected TableOfSilos Table { get; } = new();

    private protected SiloPulse Pulse { get; }

    public void Dispose()
    {
        Pulse.Dispose();
        _services.Dispose();
        GC.SuppressFinalize(this);
    }
}
