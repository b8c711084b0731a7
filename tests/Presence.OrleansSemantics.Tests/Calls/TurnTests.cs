using Presence.OrleansSemantics.Tests.Hosting;

namespace Presence.OrleansSemantics.Tests.Calls;

public sealed class TurnTests(SemanticsSilo silo)
{
    [Fact]
    public async Task One_call_runs_at_a_time_and_only_what_is_marked_comes_between()
    {
        var grain = silo.NewGrain<ICallGrain>();
        var holding = grain.Hold();
        await Gate.Of(grain).Reached;

        var noting = grain.NotePatiently("waited");
        await grain.Interleave("between");

        Assert.Equal(["hold begins", "between"], Journal.Of(grain).Lines);
        Gate.Of(grain).Open();
        await Task.WhenAll(holding, noting);
        Assert.Equal(["hold begins", "between", "hold ends", "waited"], Journal.Of(grain).Lines);
    }

    [Fact]
    public async Task A_cycle_of_calls_does_not_pass_but_times_out() =>
        Assert.Equal("timed out", await silo.NewGrain<ICallGrain>().Cycle(silo.NewGrain<ICallGrain>()));

    [Fact]
    public async Task A_cycle_passes_where_the_way_back_is_marked_to_interleave() =>
        Assert.Equal("passed", await silo.NewGrain<ICallGrain>().MarkedCycle(silo.NewGrain<ICallGrain>()));

    [Fact]
    public async Task A_call_that_timed_out_for_the_caller_goes_on_in_the_grain()
    {
        var grain = silo.NewGrain<ICallGrain>();

        await Assert.ThrowsAsync<TimeoutException>(grain.HoldBeyondTimeout);
        Assert.Equal(["hold begins"], Journal.Of(grain).Lines);
        Gate.Of(grain).Open();

        await Journal.Of(grain).Has("hold ends");
    }

    [Fact]
    public async Task A_reference_to_another_interface_made_in_the_constructor_reaches_the_same_grain()
    {
        var grain = silo.NewGrain<ICallGrain>();

        // One way to itself from within a turn: were it awaited, it would wait for itself.
        await grain.RingThroughOtherInterface();

        await Journal.Of(grain).Has("rung");
    }
}
