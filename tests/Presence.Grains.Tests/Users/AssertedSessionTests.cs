using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Properties;

namespace Presence.Grains.Tests.Users;

/// <summary>What a gateway tells a grain that has forgotten its sessions, and what becomes of them.</summary>
public sealed class AssertedSessionTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    public async Task A_receipt_for_a_session_that_was_forgotten_comes_once_it_is_asserted()
    {
        var alice = await NewPerson();
        var gateway = await NewGateway();
        var desk = await alice.BindLeased(gateway);
        await Silo.Deactivate(alice.Node);
        await alice.Node.TakeReceipt(new Receipt(Address.Parse("bob@a.example"), "m1", Disposition.Delivered, default));

        await alice.Node.Assert(Person.Assertion(gateway, desk, "online"));
        await alice.Node.Assert(Person.Assertion(gateway, desk, "online"));

        Assert.Equal("m1", Assert.Single(gateway.NoticesTo<ReceiptNotice>(desk)).Receipt.MessageId);
    }

    [Fact]
    public async Task A_session_that_is_asserted_shows_again_what_it_showed()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var session = await bob.BindLeased(gateway);
        await Silo.Deactivate(bob.Node);
        Assert.Equal("offline", await bob.Get("status"));

        Assert.True(await bob.Node.Assert(Person.Assertion(gateway, session, "dnd")));

        Assert.Equal("dnd", await bob.Get("status"));
    }

    [Fact]
    public async Task What_a_session_writes_while_it_is_being_asserted_stays()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var session = await bob.BindLeased(gateway);
        await Silo.Deactivate(bob.Node);
        await bob.Node.Write(new WriteRequest(
            bob.Address, [new PropertyChange(PropertyPath.Parse("ep/desk/status"), PropertyValue.OfText("away"))], null));

        Assert.True(await bob.Node.Assert(Person.Assertion(gateway, session, "dnd")));

        Assert.Equal("away", await bob.Get("status"));
    }

    [Fact]
    public async Task Asserting_a_session_that_is_known_changes_nothing()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var session = await bob.BindLeased(gateway, show: "away");

        Assert.True(await bob.Node.Assert(Person.Assertion(gateway, session, "dnd")));

        Assert.Equal("away", await bob.Get("status"));
    }

    [Fact]
    public async Task A_session_whose_endpoint_belongs_to_a_newer_one_cannot_come_back()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await bob.BindLeased(gateway, show: "away");

        Assert.False(await bob.Node.Assert(Person.Assertion(gateway, "former", "dnd")));

        Assert.Equal("away", await bob.Get("status"));
    }

    [Fact]
    public async Task An_acknowledgement_of_a_session_that_was_forgotten_counts_once_it_is_asserted()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        var desk = await alice.Bind(gateway, "desk");
        var session = await bob.BindLeased(gateway);
        var message = alice.Message(wants: ReceiptWishes.Delivered);
        await bob.Node.Receive(message);
        await Silo.Deactivate(bob.Node);
        MessageKey key = new(alice.Address, message.Id);

        Assert.False(await bob.Node.Acknowledge(session, [key]));
        await bob.Node.Assert(Person.Assertion(gateway, session, "online") with { InHand = [message] });
        Assert.True(await bob.Node.Acknowledge(session, [key]));

        await gateway.Notices.First(n => n.Session == desk && n.Notice is ReceiptNotice);
        Assert.Null(await alice.Send(bob));
        Assert.Single(gateway.NoticesTo<MessageNotice>(session));
    }

    [Fact]
    public async Task A_lost_session_that_is_asserted_stays_hidden_until_it_is_resumed()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var session = await bob.BindLeased(gateway);
        await Silo.Deactivate(bob.Node);

        await bob.Node.Assert(Person.Assertion(gateway, session, "dnd") with { ParkedFor = TimeSpan.FromMinutes(1) });
        Assert.Equal("offline", await bob.Get("status"));

        Assert.True(await bob.Node.Resume("desk", session));
        Assert.Equal("dnd", await bob.Get("status"));
    }
}
