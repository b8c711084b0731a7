using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Presence.OrleansSemantics.Tests.Hosting;

namespace Presence.OrleansSemantics.Tests.State;

public sealed class StateTests(SemanticsSilo silo)
{
    [Fact]
    public async Task A_write_over_what_another_has_written_throws_and_ends_the_activation()
    {
        var grain = silo.NewGrain<IStateGrain>();
        await grain.Write("first");
        var activation = await grain.Activation();
        await WriteBehindItsBack(grain, "other");

        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Write("second"));

        Assert.NotEqual(activation, await grain.Activation());
        Assert.Equal("other", await grain.Read());
        await grain.Write("third");
        Assert.Equal("third", await grain.Read());
    }

    [Fact]
    public async Task A_cleared_state_is_as_if_it_had_never_been()
    {
        var grain = silo.NewGrain<IStateGrain>();
        Assert.False(await grain.Exists());
        await grain.Write("text");
        Assert.True(await grain.Exists());

        await grain.Clear();

        Assert.False(await grain.Exists());
        Assert.Equal("", await grain.Read());
        await silo.Deactivate(grain);
        Assert.False(await grain.Exists());
    }

    [Fact]
    public async Task A_state_that_was_never_written_may_be_cleared()
    {
        var grain = silo.NewGrain<IStateGrain>();

        await grain.Clear();

        Assert.False(await grain.Exists());
    }

    [Fact]
    public async Task An_idle_activation_is_collected_unless_it_delayed_its_deactivation()
    {
        var (kept, idle) = (silo.NewGrain<IStateGrain>(), silo.NewGrain<IStateGrain>());
        await kept.Keep(true);
        await idle.Read();

        await silo.CollectIdle();

        Assert.True(silo.IsActive(kept));
        Assert.False(silo.IsActive(idle));
    }

    [Fact]
    public async Task A_delay_of_zero_takes_the_delay_back()
    {
        var grain = silo.NewGrain<IStateGrain>();
        await grain.Keep(true);
        await grain.Keep(false);

        await silo.CollectIdle();

        Assert.False(silo.IsActive(grain));
    }

    [Fact]
    public async Task A_timer_keeps_no_activation()
    {
        var grain = silo.NewGrain<IStateGrain>();
        await grain.Tick();

        await silo.CollectIdle();

        Assert.False(silo.IsActive(grain));
    }

    private async Task WriteBehindItsBack(IStateGrain grain, string text)
    {
        var storage = silo.SiloServices.GetRequiredKeyedService<IGrainStorage>(SemanticsSilo.Storage);
        var stored = new GrainState<TextState>();
        await storage.ReadStateAsync(StateGrain.Name, grain.GetGrainId(), stored);
        stored.State = new TextState { Text = text };
        await storage.WriteStateAsync(StateGrain.Name, grain.GetGrainId(), stored);
    }
}
