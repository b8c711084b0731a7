using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Tests.Users;

public sealed class DeactivationTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    [Trait("Conformance", "SUB-07")]
    public async Task Subscriptions_and_grants_survive()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);

        await Silo.Deactivate(bob.Watchers);
        await Silo.Deactivate(bob.Node);

        var attached = Assert.Single(await bob.Node.Attach(alice.Address, gateway.Route));
        Assert.Equal(("w1", SubscriptionState.Active), (attached.Id, attached.State));
        Assert.Equal("offline", await bob.Get("status", asker: alice));
        await bob.Set("note", "still here");
        await gateway.Change(bob.Address, StandardPaths.Note, "still here");
    }

    [Fact]
    public async Task Lasting_properties_survive_with_their_versions_and_leased_ones_do_not()
    {
        var bob = await NewPerson();
        await bob.Set("note", "lasting");
        await bob.Set("mood", "passing", TimeSpan.FromMinutes(5));
        var nid = await bob.Get("nid");
        var before = (await bob.Read("note")).Properties.Single();

        await Silo.Deactivate(bob.Node);

        Assert.Equal(before, (await bob.Read("note")).Properties.Single());
        Assert.Equal(nid, await bob.Get("nid"));
        Assert.Null(await bob.Get("mood"));
    }

    [Fact]
    public async Task What_a_user_watches_survives()
    {
        var bob = await NewPerson();
        var watched = new WatchedNode("w1", PresenceSilo.FreshAddress(), default, Silo.Now + TimeSpan.FromHours(1));
        await bob.Node.RememberWatching(watched);

        await Silo.Deactivate(bob.Node);

        var answer = await bob.Node.Bind(
            new EndpointBinding("desk", "s", 0, null, false, (await NewGateway()).Inbox));
        var survivor = Assert.Single(answer.Watching);
        Assert.Equal(watched, survivor with { Expires = watched.Expires });
        Assert.InRange(survivor.Expires - watched.Expires, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_subscription_still_ends_with_timeout_after_it_was_read_anew()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        await Silo.Deactivate(bob.Watchers);
        await bob.Node.Attach(alice.Address, gateway.Route);

        // Ends are stored in whole seconds.
        Pass(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));

        Assert.Equal("timeout", (await gateway.Told(alice.Address, SubscriptionEvent.Terminated)).Why);
    }

    [Fact]
    public async Task A_bound_endpoint_keeps_the_activation_and_the_last_to_go_frees_it()
    {
        var bob = await NewPerson();
        var session = await bob.Bind(await NewGateway());
        var activation = Silo.ActivationOf(bob.Node);

        await Silo.CollectIdle();
        Assert.Equal(activation, Silo.ActivationOf(bob.Node));
        Assert.Equal("online", await bob.Get("status"));

        await bob.Node.Unbind("desk", session);
        await Silo.CollectUntilGone(bob.Node);
    }

    [Fact]
    public async Task A_route_keeps_the_activation_of_the_subscriptions_and_the_last_to_go_frees_it()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        var activation = Silo.ActivationOf(bob.Watchers);

        await Silo.CollectIdle();
        Assert.Equal(activation, Silo.ActivationOf(bob.Watchers));

        await bob.Watchers.Detach(alice.Address, gateway.Route);
        await Silo.CollectUntilGone(bob.Watchers);
    }

    [Fact]
    public async Task Whom_nobody_watches_comes_and_goes_without_his_subscriptions_in_memory()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await bob.Bind(gateway);
        await Silo.UntilGone(bob.Watchers);

        await bob.Bind(gateway, "phone");
        PassPublishInterval();
        await bob.Set("note", "alone");

        Assert.Null(Silo.ActivationOf(bob.Watchers));
        var alice = await NewFriend(bob, gateway);
        await bob.Set("note", "watched");
        PassPublishInterval();
        await gateway.Change(bob.Address, StandardPaths.Note, "watched");
        Assert.Equal(alice.Address, Assert.Single((await bob.Node.ListWatchers(bob.Address, default)).Watchers).Watcher);
    }

    [Fact]
    [Trait("Conformance", "SUB-10")]
    public async Task The_status_after_a_lost_activation_is_newer_than_what_was_told_before()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        await bob.Bind(gateway);
        var online = await gateway.Change(bob.Address, StandardPaths.Status, "online");
        Pass(TimeSpan.FromSeconds(1));

        await Silo.Deactivate(bob.Node);

        var status = Assert.Single(Assert.Single(await bob.Node.Attach(alice.Address, gateway.Route)).Snapshot);
        Assert.Equal("offline", status.Value.Text);
        Assert.True(status.Version > online.Version);
    }
}
