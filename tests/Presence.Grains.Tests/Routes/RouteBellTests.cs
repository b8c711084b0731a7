using Presence.Contracts.Routes;
using Presence.Grains.Tests.Hosting;

namespace Presence.Grains.Tests.Routes;

/// <summary>The bell of a queue of the route streams.</summary>
public sealed class RouteBellTests(SharedSilo shared) : PresenceTest(shared)
{
    private static int _queues = 1000;

    [Fact]
    public async Task Who_listens_is_told_when_it_rings()
    {
        var bell = FreshBell();
        var heard = await bell.Listen(0);
        var listening = bell.Listen(heard);
        await bell.Ring();
        var told = await listening;

        // On a slow machine half a second may have passed before the ring: then who listens again hears of it at once.
        Assert.Equal(heard + 1, told == heard ? await bell.Listen(heard) : told);
    }

    [Fact]
    public async Task What_rang_while_nobody_listened_is_heard_at_once()
    {
        var bell = FreshBell();
        var heard = await bell.Listen(0);
        await bell.Ring();
        await bell.Ring();
        Assert.Equal(heard + 2, await bell.Listen(heard));
    }

    private IRouteBellGrain FreshBell() =>
        Silo.Client.GetGrain<IRouteBellGrain>(Interlocked.Increment(ref _queues));
}
