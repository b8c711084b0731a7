using Presence.Contracts.Routes;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Tests.Subscriptions;

public sealed class SubscribeTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    [Trait("Conformance", "SUB-02")]
    public async Task A_stranger_waits_and_the_owner_is_told()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        var session = await bob.Bind(gateway);

        var answer = await alice.Watch(bob, gateway);

        Assert.Null(answer.Refusal);
        Assert.Equal(SubscriptionState.Pending, answer.State);
        Assert.Empty(answer.Snapshot);
        var told = Assert.Single(gateway.NoticesTo<WatcherNotice>(session));
        Assert.Equal(new WatcherNotice(alice.Address, default, SubscriptionState.Pending, Silo.Now), told);
    }

    [Fact]
    [Trait("Conformance", "SUB-02")]
    public async Task Approval_activates_and_tells_the_value_on_the_route()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        await bob.Bind(gateway, show: "busy");
        await alice.Watch(bob, gateway, "w7");

        await bob.Approve(alice);

        var told = await gateway.Told(alice.Address, SubscriptionEvent.Activated);
        Assert.Equal("w7", told.Id);
        Assert.Equal(Silo.Now + TimeSpan.FromHours(1), told.Expires);
        Assert.Equal("busy", Assert.Single(told.Values).Now?.Value.Text);
        Assert.Equal("busy", await bob.Get("status", asker: alice));
    }

    [Fact]
    public async Task Those_who_ask_together_are_each_answered_for_themselves_and_the_owner_hears_of_each()
    {
        var (bob, alice, carol) = (await NewPerson(), await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        var session = await bob.Bind(gateway, show: "busy");
        await bob.Approve(carol);

        var answers = await bob.Node.SubscribeAll(
        [
            new(alice.Address, "w1", PropertyPath.Parse("status"), null, IsSessionBound: true, gateway.Route),
            new(carol.Address, "w1", PropertyPath.Parse("status"), TimeSpan.FromSeconds(1), IsSessionBound: false, gateway.Route),
            new(carol.Address, "w2", PropertyPath.Parse("status"), null, IsSessionBound: false, gateway.Route),
        ]);

        Assert.Equal([null, 423, null], answers.Select(answer => answer.Refusal?.Code));
        Assert.Equal((SubscriptionState.Pending, SubscriptionState.Active), (answers[0].State, answers[2].State));
        Assert.Empty(answers[0].Snapshot);
        Assert.Equal("busy", Assert.Single(answers[2].Snapshot).Value.Text);
        Assert.Equal(
            [alice.Address, carol.Address], gateway.NoticesTo<WatcherNotice>(session).Select(notice => notice.Who));
    }

    [Fact]
    public async Task An_approved_watcher_is_active_at_once_and_sees_the_values()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());
        await bob.Set("note", "at home");
        await bob.Set("x/secret", "no");
        await bob.Approve(alice);

        var answer = await alice.Watch(bob, await NewGateway());

        Assert.Equal(SubscriptionState.Active, answer.State);
        Assert.Equal(["at home", "offline"], answer.Snapshot.Select(p => p.Value.Text));
    }

    [Fact]
    [Trait("Conformance", "SUB-04")]
    public async Task Subscribing_twice_with_one_id_is_a_refresh()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        var session = await bob.Bind(gateway);
        var since = Silo.Now;
        await alice.Watch(bob, gateway);
        Pass(TimeSpan.FromMinutes(10));

        await alice.Watch(bob, gateway);

        var entry = Assert.Single((await bob.Node.ListWatchers(bob.Address, default)).Watchers);
        Assert.Equal(since, entry.Since);
        Assert.Equal(Silo.Now + TimeSpan.FromHours(1), entry.Expires);
        Assert.Single(gateway.NoticesTo<WatcherNotice>(session));
    }

    [Fact]
    [Trait("Conformance", "SUB-06")]
    public async Task Without_a_refresh_the_subscription_ends_with_timeout()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);

        Pass(TimeSpan.FromHours(1));

        var told = await gateway.Told(alice.Address, SubscriptionEvent.Terminated);
        Assert.Equal("timeout", told.Why);
        Assert.Empty((await bob.Node.ListWatchers(bob.Address, default)).Watchers);
    }

    [Fact]
    public async Task A_refresh_in_time_keeps_the_subscription()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        Pass(TimeSpan.FromMinutes(50));
        await alice.Watch(bob, gateway);

        Pass(TimeSpan.FromMinutes(50));

        await Settle(bob, gateway);
        Assert.Single((await bob.Node.ListWatchers(bob.Address, default)).Watchers);
        Assert.Empty(gateway.SubscriptionNotices);
    }

    [Fact]
    public async Task A_life_too_short_is_refused_and_told_the_shortest()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());

        var answer = await alice.Watch(bob, await NewGateway(), life: TimeSpan.FromSeconds(59));

        Assert.Equal(423, answer.Refusal?.Code);
        Assert.Equal(TimeSpan.FromSeconds(60), answer.Life);
    }

    [Fact]
    public async Task A_life_too_long_is_cut_and_the_answer_tells()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());

        var answer = await alice.Watch(bob, await NewGateway(), life: TimeSpan.FromDays(31));

        Assert.Equal(TimeSpan.FromDays(30), answer.Life);
    }

    [Fact]
    public async Task Unsubscribing_ends_it_and_tells_the_owner()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var session = await bob.Bind(gateway);
        var alice = await NewFriend(bob, gateway);

        Assert.True(await bob.Node.Unsubscribe(alice.Address, "w1"));

        Assert.False(await bob.Node.Unsubscribe(alice.Address, "w1"));
        Assert.Equal(
            [SubscriptionState.Active, null],
            gateway.NoticesTo<WatcherNotice>(session).Select(n => n.State));
    }

    [Fact]
    [Trait("Conformance", "SUB-13")]
    public async Task A_request_waits_for_the_owners_next_session()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        await alice.Watch(bob, gateway);

        var answer = await bob.Node.Bind(new("desk", "s", 0, "online", false, gateway.Inbox));

        Assert.Equal(alice.Address, Assert.Single(answer.Requests).Who);
    }

    [Fact]
    public async Task A_subscription_to_what_strangers_may_not_ask_for_is_refused()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());

        var answer = await alice.Watch(bob, await NewGateway(), path: "x/secret");

        Assert.Equal(403, answer.Refusal?.Code);
    }

    [Fact]
    public async Task Nobody_but_the_owner_lists_watchers()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());

        Assert.Equal(403, (await bob.Node.ListWatchers(alice.Address, default)).Refusal?.Code);
    }

    [Fact]
    public async Task Watching_the_root_tells_of_presence_only()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());
        await bob.Approve(alice);

        var answer = await alice.Watch(bob, await NewGateway());

        Assert.Equal([StandardPaths.Status], answer.Snapshot.Select(p => p.Path));
    }
}
