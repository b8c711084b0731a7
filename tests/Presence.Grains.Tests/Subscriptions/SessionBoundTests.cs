using Presence.Grains.Tests.Hosting;

namespace Presence.Grains.Tests.Subscriptions;

public sealed class SessionBoundTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    [Trait("Conformance", "SUB-07")]
    public async Task A_subscription_bound_to_a_session_ends_with_the_route_and_others_stay()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        await alice.Watch(bob, gateway, "short", bound: true);

        await bob.Watchers.Detach(alice.Address, gateway.Route);

        Assert.Equal("w1", Assert.Single((await bob.Node.ListWatchers(bob.Address, default)).Watchers).Id);
    }

    [Fact]
    [Trait("Conformance", "SUB-07")]
    public async Task It_is_not_stored()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        await alice.Watch(bob, gateway, "short", bound: true);

        await Silo.Deactivate(bob.Watchers);

        Assert.Equal("w1", Assert.Single((await bob.Node.ListWatchers(bob.Address, default)).Watchers).Id);
    }

    [Fact]
    public async Task A_lasting_one_that_becomes_bound_to_a_session_is_no_longer_stored()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        await alice.Watch(bob, gateway, bound: true);

        await Silo.Deactivate(bob.Watchers);

        Assert.Empty((await bob.Node.ListWatchers(bob.Address, default)).Watchers);
    }

    [Fact]
    public async Task It_lasts_while_another_route_serves_the_watcher()
    {
        var bob = await NewPerson();
        var (first, second) = (await NewGateway(), await NewGateway());
        var alice = await NewFriend(bob, first);
        await alice.Watch(bob, second, "short", bound: true);

        await bob.Watchers.Detach(alice.Address, first.Route);

        Assert.Equal(2, (await bob.Node.ListWatchers(bob.Address, default)).Watchers.Length);
    }
}
