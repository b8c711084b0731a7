namespace Presence.Grains.Tests.Gateways;

/// <summary>A silo that stood still asks whether it is alive before its grains tell anything.</summary>
public sealed class SiloPulseTests : PulseTest
{
    [Fact]
    public async Task A_silo_that_runs_asks_nobody()
    {
        Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.True(Pulse.IsFresh);
        await Pulse.Confirm();
        Assert.Equal(0, Table.Asked);
    }

    [Fact]
    public async Task One_that_stood_still_reads_the_table_once_for_all_that_wait()
    {
        Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False(Pulse.IsFresh);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Pulse.Confirm()));

        Assert.Equal(1, Table.Asked);
        Assert.True(Pulse.IsFresh);
    }

    [Fact]
    public async Task One_that_was_declared_dead_lets_nothing_pass_any_more()
    {
        Table.CurrentStatus = SiloStatus.Dead;
        Clock.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<OrleansException>(Pulse.Confirm);
        await Assert.ThrowsAsync<OrleansException>(Pulse.Confirm);

        Assert.False(Pulse.IsFresh);
    }

    [Fact]
    public async Task A_store_that_is_away_does_not_stop_it()
    {
        Table.Fault = new TimeoutException();
        Clock.Advance(TimeSpan.FromSeconds(5));

        await Pulse.Confirm();

        Assert.True(Pulse.IsFresh);
    }
}
