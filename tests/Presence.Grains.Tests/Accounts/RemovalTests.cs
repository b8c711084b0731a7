using Presence.Contracts;
using Presence.Contracts.Routes;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Accounts;
using Presence.Model.Messages;

namespace Presence.Grains.Tests.Accounts;

public sealed class RemovalTests(SharedSilo shared) : PresenceTest(shared)
{
    private static readonly ScramVerifier Verifier =
        ScramVerifier.Derive("secret", "0123456789abcdef"u8, ScramVerifier.MinIterations);

    [Fact]
    public async Task Removing_an_account_ends_sessions_and_subscriptions()
    {
        var bob = await NewAccount();
        var gateway = await NewGateway();
        var session = await bob.Bind(gateway);
        var alice = await NewFriend(bob, gateway);

        Assert.Null(await Silo.Client.GetAccount(bob.Address).Remove());

        Assert.Equal([(session, "deactivated")], gateway.Closed.All);
        Assert.Equal("noresource", (await gateway.Told(alice.Address, SubscriptionEvent.Terminated)).Why);
        Assert.Null(await Silo.Client.GetAccount(bob.Address).GetVerifier());
        Assert.Equal(404, (await bob.Read("status", asker: alice)).Refusal?.Code);

        // A gateway that asks before the notice has come hears the same.
        Assert.Equal("noresource", Assert.Single(await bob.Node.Attach(alice.Address, gateway.Route)).Why);
    }

    [Fact]
    public async Task Messages_that_wait_for_an_acknowledgement_fail()
    {
        var bob = await NewAccount();
        var gateway = await NewGateway();
        await bob.Bind(gateway);
        var alice = await NewFriend(bob, gateway);
        var sender = await alice.Bind(gateway);
        await alice.Send(bob, wants: ReceiptWishes.Failed);

        await Silo.Client.GetAccount(bob.Address).Remove();

        var receipt = Assert.Single(gateway.NoticesTo<ReceiptNotice>(sender)).Receipt;
        Assert.Equal(Disposition.Failed, receipt.Disposition);
    }

    [Fact]
    public async Task The_next_holder_of_the_address_inherits_nothing()
    {
        var bob = await NewAccount();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        await bob.Set("name", "Bob");
        await bob.Node.RememberWatching(new("w1", alice.Address, default, Silo.Now + TimeSpan.FromHours(1)));
        var nid = await bob.Get("nid");
        await Silo.Client.GetAccount(bob.Address).Remove();

        Assert.Null(await Silo.Client.GetAccount(bob.Address).Create(Verifier));

        Assert.NotEqual(nid, await bob.Get("nid"));
        Assert.Null(await bob.Get("name"));
        Assert.Null(await bob.Get("status", asker: alice));
        var bound = await bob.Node.Bind(new("desk", "s", 0, null, false, gateway.Inbox));
        Assert.Empty(bound.Watching);
        Assert.Empty((await bob.Node.ListWatchers(bob.Address, default)).Watchers);
    }

    [Fact]
    public async Task A_session_that_ends_after_the_removal_does_no_harm()
    {
        var bob = await NewAccount();
        var session = await bob.Bind(await NewGateway());
        await Silo.Client.GetAccount(bob.Address).Remove();

        await bob.Node.Unbind("desk", session);

        Assert.Equal(404, (await bob.Read("status")).Refusal?.Code);
    }

    private async Task<Person> NewAccount()
    {
        var person = Silo.Nobody();
        Assert.Null(await Silo.Client.GetAccount(person.Address).Create(Verifier));
        return person;
    }
}
