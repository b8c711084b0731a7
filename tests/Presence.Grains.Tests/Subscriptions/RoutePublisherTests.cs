using Presence.Contracts.Routes;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Addresses;

namespace Presence.Grains.Tests.Subscriptions;

/// <summary>A gateway in the silo's process is handed the batches of its route; others have theirs by the stream.</summary>
public sealed class RoutePublisherTests(SharedSilo shared) : PresenceTest(shared)
{
    private static readonly PropertyPath Mood = PropertyPath.Parse("mood");

    [Fact]
    public async Task Changes_and_rulings_go_straight_to_a_gateway_in_the_same_process_and_in_order()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        using var near = new NearInbox(Silo, gateway);
        await alice.Watch(bob, gateway);

        await bob.Approve(alice);
        await Change(bob, "tea", "coffee", "water");
        await bob.Deny(alice, isExplicit: true);

        Assert.Equal(["Activated", "tea", "coffee", "water", "Terminated"], near.Batches.All.SelectMany(Said));
        Assert.Empty(gateway.Batches.All);
    }

    [Fact]
    public async Task A_gateway_in_another_process_has_its_batches_by_the_stream()
    {
        var bob = await NewPerson();
        var (here, there) = (await NewGateway(), await NewGateway());
        using var near = new NearInbox(Silo, here);
        await NewFriend(bob, there);

        await Settle(bob, there);

        Assert.Empty(near.Batches.All);
    }

    /// <summary>
    /// On a silo of its own: the counters are of the whole silo, and its clock rings what any node of it has held back.
    /// </summary>
    [Fact]
    public async Task A_batch_that_a_full_gateway_does_not_take_is_counted_as_lost_and_fails_no_change()
    {
        await using var silo = await PresenceSilo.Start(
            storage => storage.AddMemoryGrainStorage(PresenceGrainsExtensions.StorageName));
        var (bob, alice) = (await silo.NewPerson(), await silo.NewPerson());
        await using var gateway = await silo.NewGateway();
        using var near = new NearInbox(silo, gateway);
        await bob.Approve(alice);
        await alice.Watch(bob, gateway);
        using var sent = silo.Collect("presence.grains.batches");
        using var lost = silo.Collect("presence.grains.batches.lost");

        near.IsFull = true;
        await Change(silo, bob, "tea");
        near.IsFull = false;
        await Change(silo, bob, "coffee");

        Assert.Equal(["coffee"], near.Batches.All.SelectMany(Said));
        Assert.Equal(1, lost.GetMeasurementSnapshot().Sum(one => one.Value));
        Assert.Equal(1, sent.GetMeasurementSnapshot().Sum(one => one.Value));
    }

    [Fact]
    public async Task A_gateway_that_has_left_is_handed_nothing_more()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var near = new NearInbox(Silo, gateway);
        await NewFriend(bob, gateway);
        await Change(bob, "tea");

        near.Dispose();
        await Settle(bob, gateway);

        Assert.Equal(["tea"], near.Batches.All.SelectMany(Said));
    }

    [Fact]
    public async Task Rulings_on_many_watchers_go_to_their_gateway_together()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        using var near = new NearInbox(Silo, gateway);
        for (var i = 0; i < 3; i++)
            await NewFriend(bob, gateway);

        await bob.Watchers.Close();

        Assert.Equal(["Terminated", "Terminated", "Terminated"], Said(Assert.Single(near.Batches.All)));
    }

    private Task Change(Person bob, params string[] moods) => Change(Silo, bob, moods);

    private static async Task Change(PresenceSilo silo, Person bob, params string[] moods)
    {
        foreach (var mood in moods)
        {
            silo.Clock.Advance(TimeSpan.FromMilliseconds(100));
            Assert.Null((await bob.Set("mood", mood)).Refusal);
        }
    }

    private static IEnumerable<string> Said(RouteBatch batch) =>
    [
        .. batch.Changes.Where(change => change.Path == Mood).Select(change => change.Now!.Value.Text!),
        .. batch.Notices.Select(notice => $"{notice.Event}"),
    ];
}
