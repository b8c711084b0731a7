using Presence.Contracts.Routes;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Tests.Subscriptions;

public sealed class DenialTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    [Trait("Conformance", "SUB-03")]
    public async Task An_explicit_denial_ends_the_subscription_and_forbids_another()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);

        await bob.Deny(alice, isExplicit: true);

        Assert.Equal("rejected", (await gateway.Told(alice.Address, SubscriptionEvent.Terminated)).Why);
        Assert.Empty((await bob.Node.ListWatchers(bob.Address, default)).Watchers);
        Assert.Equal(403, (await alice.Watch(bob, gateway)).Refusal?.Code);
    }

    [Fact]
    [Trait("Conformance", "SUB-03")]
    public async Task A_politely_denied_stranger_stays_pending_and_is_told_nothing()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await NewFriend(bob, gateway);
        var alice = await NewPerson();
        await alice.Watch(bob, gateway);

        await bob.Deny(alice, isExplicit: false);

        await Settle(bob, gateway);
        Assert.Empty(gateway.SubscriptionNotices);
        Assert.Equal(SubscriptionState.Pending, (await alice.Watch(bob, gateway)).State);
        Assert.Equal(SubscriptionState.Pending, (await alice.Watch(bob, gateway, "another")).State);
    }

    [Fact]
    [Trait("Conformance", "ACL-13")]
    public async Task A_politely_denied_watcher_sees_the_user_leave_then_nothing_until_the_first_change_after_his_approval()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await bob.Bind(gateway);
        var alice = await NewFriend(bob, gateway);
        await Settle(bob, gateway);
        var before = gateway.Batches.All.Count;

        await bob.Deny(alice, isExplicit: false);
        PassPublishInterval();
        await bob.Set("status", "dnd");
        PassPublishInterval();
        await bob.Approve(alice);
        PassPublishInterval();
        await bob.Set("status", "away");

        await gateway.Told(alice.Address, SubscriptionEvent.Resumed);
        await gateway.Batches.First(batch => batch.Changes.Any(c => c.Now?.Value.Text == "away"));
        var batches = gateway.Batches.All.Skip(before).ToList();
        var farewell = Assert.Single(batches[0].Notices);
        Assert.Equal(SubscriptionEvent.Silenced, farewell.Event);
        Assert.Equal("offline", Assert.Single(farewell.Values).Now?.Value.Text);
        Assert.DoesNotContain(batches, batch => batch.Changes.Any(c => c.Now?.Value.Text == "dnd"));
        Assert.Empty(Assert.Single(batches.SelectMany(b => b.Notices).Skip(1)).Values);
    }

    [Fact]
    public async Task A_politely_denied_watcher_who_comes_back_finds_an_active_subscription_to_somebody_offline()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await bob.Bind(gateway);
        var alice = await NewFriend(bob, gateway);

        await bob.Deny(alice, isExplicit: false);

        var attached = Assert.Single(await bob.Node.Attach(alice.Address, gateway.Route));
        Assert.Equal(SubscriptionState.Active, attached.State);
        Assert.Equal([(StandardPaths.Status, "offline")], attached.Snapshot.Select(p => (p.Path, p.Value.Text)));
    }

    [Fact]
    public async Task A_gateway_that_asks_before_it_has_heard_learns_why_a_subscription_ended()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await bob.Bind(gateway);
        var alice = await NewFriend(bob, gateway);

        await bob.Deny(alice, isExplicit: true);

        Assert.Equal("rejected", Assert.Single(await bob.Node.Attach(alice.Address, gateway.Route)).Why);

        // What has begun anew has not ended.
        await bob.Approve(alice);
        await alice.Watch(bob, gateway);
        Assert.Null(Assert.Single(await bob.Node.Attach(alice.Address, gateway.Route)).Why);
    }

    [Fact]
    public async Task Nobody_but_the_owner_approves_or_denies()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());

        var approval = await bob.Node.Approve(new(alice.Address, default, alice.Address, null));
        var denial = await bob.Node.Deny(new(alice.Address, alice.Address, true));

        Assert.Equal(403, approval.Refusal?.Code);
        Assert.Equal(403, denial.Refusal?.Code);
    }
}
