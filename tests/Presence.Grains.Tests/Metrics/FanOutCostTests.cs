using Presence.Grains.Tests.Hosting;

namespace Presence.Grains.Tests.Metrics;

/// <summary>A silo of its own, so that what it counts is of one test.</summary>
public sealed class FanOutCostTests
{
    [Fact]
    [Trait("Conformance", "LIM-05")]
    public async Task One_set_costs_its_actor_one_call_and_a_batch_for_each_route_however_many_watch()
    {
        await using var silo = await PresenceSilo.Start(
            storage => storage.AddMemoryGrainStorage(PresenceGrainsExtensions.StorageName));
        var bob = await silo.NewPerson();
        await using var first = await silo.NewGateway();
        await using var second = await silo.NewGateway();
        for (var i = 0; i < 200; i++)
        {
            var friend = silo.Nobody("b.example");
            await bob.Approve(friend);
            await friend.Watch(bob, i % 2 == 0 ? first : second, path: "note");
        }

        silo.Clock.Advance(TimeSpan.FromMinutes(1));
        using var calls = silo.Collect("presence.grains.publications");
        using var batches = silo.Collect("presence.grains.batches");
        await bob.Set("note", "tea");

        Assert.Equal(1, calls.GetMeasurementSnapshot().Sum(one => one.Value));
        Assert.Equal(2, batches.GetMeasurementSnapshot().Sum(one => one.Value));
    }

    [Fact]
    public async Task Who_is_watched_by_nobody_publishes_nothing()
    {
        await using var silo = await PresenceSilo.Start(
            storage => storage.AddMemoryGrainStorage(PresenceGrainsExtensions.StorageName));
        var bob = await silo.NewPerson();
        await using var gateway = await silo.NewGateway();

        // Its node asks for its watchers once.
        await bob.Bind(gateway);
        silo.Clock.Advance(TimeSpan.FromMinutes(1));
        using var calls = silo.Collect("presence.grains.publications");

        await bob.Set("note", "tea");
        Assert.Empty(calls.GetMeasurementSnapshot());

        var friend = silo.Nobody("b.example");
        await bob.Approve(friend);
        await friend.Watch(bob, gateway, path: "note");
        await bob.Set("note", "cake");
        Assert.Single(calls.GetMeasurementSnapshot());
    }
}
