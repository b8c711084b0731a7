using Presence.Grains.Tests.Hosting;
using Presence.Model.Properties;

namespace Presence.Grains.Tests.Users;

public sealed class PublicationTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    public async Task Changes_within_the_interval_are_told_at_most_twice_and_the_last_with_the_last_value()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await NewFriend(bob, gateway);

        await bob.Set("note", "one");
        Pass(TimeSpan.FromMilliseconds(30));
        await bob.Set("note", "two");
        Pass(TimeSpan.FromMilliseconds(30));
        await bob.Set("note", "three");
        Pass(TimeSpan.FromMilliseconds(40));

        await gateway.Change(bob.Address, Note, "three");
        await Settle(bob, gateway);
        Assert.Equal(["one", "three"], Told(gateway));
    }

    [Fact]
    public async Task What_is_held_stays_held_until_the_interval_is_over()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        await bob.Set("note", "one");
        await bob.Set("note", "two");

        Pass(TimeSpan.FromMilliseconds(99));

        // A notice on the same route is behind whatever the clock has set free.
        await bob.Deny(alice, isExplicit: true);
        await gateway.Told(alice.Address, Contracts.Routes.SubscriptionEvent.Terminated);
        Assert.Equal(["one"], Told(gateway));
    }

    [Fact]
    public async Task One_change_is_one_batch_for_a_route_however_many_watch_behind_it()
    {
        var bob = await NewPerson();
        var (first, second) = (await NewGateway(), await NewGateway());
        for (var i = 0; i < 12; i++)
            await NewFriend(bob, i < 8 ? first : second);

        await bob.Set("note", "hello");

        await Settle(bob, first);
        await Settle(bob, second);
        foreach (var gateway in new[] { first, second })
            Assert.Single(gateway.Batches.All, batch => batch.Changes.Any(c => c.Path == Note));
    }

    [Fact]
    public async Task A_route_without_an_active_watcher_is_told_nothing()
    {
        var bob = await NewPerson();
        var (friends, strangers) = (await NewGateway(), await NewGateway());
        await NewFriend(bob, friends);
        var alice = await NewPerson();
        await alice.Watch(bob, strangers);

        await bob.Set("note", "for friends");

        await Settle(bob, friends);
        await bob.Approve(alice);
        await strangers.Told(alice.Address, Contracts.Routes.SubscriptionEvent.Activated);
        Assert.Empty(strangers.Changes);
    }

    [Fact]
    [Trait("Conformance", "SUB-10")]
    public async Task Versions_rise_with_each_change_told()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await NewFriend(bob, gateway);
        for (var i = 0; i < 5; i++)
        {
            await bob.Set("note", $"n{i}");
            PassPublishInterval();
            await gateway.Change(bob.Address, Note, $"n{i}");
        }

        var versions = gateway.Changes.Select(c => c.Version).ToList();
        Assert.Equal(versions.Order().Distinct(), versions);
    }

    [Fact]
    public async Task Who_changes_ten_times_a_second_is_told_of_ten_times_and_then_once_a_second_to_the_last_value()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await NewFriend(bob, gateway);
        Pass(TimeSpan.FromMinutes(1));

        for (var i = 0; i < 30; i++)
        {
            await bob.Set("note", $"n{i}");
            PassPublishInterval();
        }

        Pass(TimeSpan.FromSeconds(1));
        await gateway.Change(bob.Address, Note, "n29");
        var told = Told(gateway).ToList();
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"n{i}"), told.Take(10));
        Assert.InRange(told.Count, 11, 14);
    }

    private static Model.Addresses.PropertyPath Note => StandardPaths.Note;

    private static IEnumerable<string?> Told(Gateway gateway) =>
        gateway.Changes.Where(c => c.Path == Note).Select(c => c.Now?.Value.Text);
}
