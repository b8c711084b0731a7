using Presence.OrleansSemantics.Tests.Hosting;

namespace Presence.OrleansSemantics.Tests.Calls;

public sealed class OneWayTests(SemanticsSilo silo)
{
    [Fact]
    public async Task An_exception_reaches_the_caller_who_awaits_and_nobody_where_the_call_is_one_way()
    {
        var grain = silo.NewGrain<ICallGrain>();

        await Assert.ThrowsAsync<InvalidOperationException>(grain.Throw);
        await grain.ThrowOneWay();

        await grain.NotePatiently("lives on");
        Assert.Equal(["lives on"], Journal.Of(grain).Lines);
    }

    [Fact]
    public async Task A_one_way_call_is_complete_before_the_grain_has_done_it()
    {
        var grain = silo.NewGrain<ICallGrain>();

        await grain.HoldOneWay();

        await Gate.Of(grain).Reached;
        Assert.Equal(["hold begins"], Journal.Of(grain).Lines);
        Gate.Of(grain).Open();
        await Journal.Of(grain).Has("hold ends");
    }
}
