using Presence.Contracts.Routes;
using Presence.Contracts.Subscriptions;
using Presence.Grains.Tests.Hosting;

namespace Presence.Grains.Tests.Subscriptions;

public sealed class DepartureTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    [Trait("Conformance", "SUB-07")]
    public async Task What_was_bound_to_sessions_ends_in_one_call_and_the_owner_hears_of_each_watcher()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var session = await bob.Bind(gateway);
        var (alice, carol) = (await NewFriend(bob, gateway), await NewFriend(bob, gateway));
        await alice.Watch(bob, gateway, "short", bound: true);
        await carol.Watch(bob, gateway, "short", bound: true);

        await bob.Node.Depart(
            [new Departure(alice.Address, ["short"], LeavesRoute: true), new Departure(carol.Address, ["short"], LeavesRoute: true)],
            gateway.Route);

        Assert.Equal(["w1", "w1"], (await bob.Node.ListWatchers(bob.Address, default)).Watchers.Select(left => left.Id));
        Assert.Equal(
            [alice.Address, carol.Address],
            gateway.NoticesTo<WatcherNotice>(session).Where(notice => notice.State is null).Select(notice => notice.Who));
    }

    [Fact]
    public async Task A_route_that_the_last_watcher_leaves_is_sent_nothing_more()
    {
        var bob = await NewPerson();
        var (left, other) = (await NewGateway(), await NewGateway());
        var alice = await NewFriend(bob, left);
        await alice.Watch(bob, other);

        await bob.Watchers.Depart([new Departure(alice.Address, [], LeavesRoute: true)], left.Route);
        await Settle(bob, other);

        Assert.Empty(left.Changes);
        Assert.Single((await bob.Node.ListWatchers(bob.Address, default)).Watchers);
    }

    [Fact]
    public async Task A_subscription_that_was_made_lasting_meanwhile_stays()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        await alice.Watch(bob, gateway, "short", bound: true);
        await alice.Watch(bob, gateway, "short", bound: false);

        await bob.Node.Depart([new Departure(alice.Address, ["short"], LeavesRoute: false)], gateway.Route);

        Assert.Equal(2, (await bob.Node.ListWatchers(bob.Address, default)).Watchers.Length);
    }
}
