using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Presence.Grains.Fencing;

namespace Presence.Grains.Tests.Gateways;

/// <summary>A silo that stood still asks whether it is alive before its grains tell anything.</summary>
public sealed class SiloPulseTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly TableOfSilos _table = new();
    private readonly ServiceProvider _services;
    private readonly SiloPulse _pulse;

    public SiloPulseTests()
    {
        _services = new ServiceCollection()
            .AddSingleton<IClusterMembershipService>(_table).AddSingleton<ISiloStatusOracle>(_table).BuildServiceProvider();
        _pulse = new SiloPulse(_services, _clock, NullLogger<SiloPulse>.Instance);
        _pulse.Beat();
    }

    public void Dispose()
    {
        _pulse.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task A_silo_that_runs_asks_nobody()
    {
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.True(_pulse.IsFresh);
        await _pulse.Confirm();
        Assert.Equal(0, _table.Asked);
    }

    [Fact]
    public async Task One_that_stood_still_reads_the_table_once_for_all_that_wait()
    {
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False(_pulse.IsFresh);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _pulse.Confirm()));

        Assert.Equal(1, _table.Asked);
        Assert.True(_pulse.IsFresh);
    }

    [Fact]
    public async Task One_that_was_declared_dead_lets_nothing_pass_any_more()
    {
        _table.CurrentStatus = SiloStatus.Dead;
        _clock.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<OrleansException>(_pulse.Confirm);
        await Assert.ThrowsAsync<OrleansException>(_pulse.Confirm);

        Assert.False(_pulse.IsFresh);
    }

    [Fact]
    public async Task A_store_that_is_away_does_not_stop_it()
    {
        _table.Fault = new TimeoutException();
        _clock.Advance(TimeSpan.FromSeconds(5));

        await _pulse.Confirm();

        Assert.True(_pulse.IsFresh);
    }
}
