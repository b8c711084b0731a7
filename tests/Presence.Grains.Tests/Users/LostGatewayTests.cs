using Presence.Contracts;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Properties;
using Presence.Model.Replies;

namespace Presence.Grains.Tests.Users;

/// <summary>What becomes of a user whose gateway, or whose silo, is lost.</summary>
public sealed class LostGatewayTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    public async Task The_endpoints_of_a_lost_gateway_go_and_those_of_others_stay()
    {
        var bob = await NewPerson();
        var (lost, other) = (await NewGateway(), await NewGateway());
        await Bind(bob, lost, "desk", "dnd");
        await Bind(bob, other, "phone", "away");

        await Lose(bob, lost);

        Assert.Equal("away", await bob.Get("status"));
        Assert.Null(await bob.Get("ep/desk/status"));
    }

    [Fact]
    public async Task A_message_that_was_with_a_lost_gateway_waits_for_the_next_session()
    {
        var bob = await NewPerson();
        var (lost, other) = (await NewGateway(), await NewGateway());
        var alice = await NewFriend(bob, other);
        await Bind(bob, lost);
        Assert.Null(await alice.Send(bob));
        await Lose(bob, lost);

        var session = await Bind(bob, other, "phone");

        Assert.Equal("m1", Assert.Single(other.NoticesTo<MessageNotice>(session)).Message.Id);
    }

    [Fact]
    public async Task If_nobody_comes_for_two_minutes_it_has_failed_and_the_sender_is_told()
    {
        var bob = await NewPerson();
        var (lost, other) = (await NewGateway(), await NewGateway());
        var alice = await NewFriend(bob, other);
        var desk = await alice.Bind(other, "desk");
        await Bind(bob, lost);
        Assert.Null(await alice.Send(bob, wants: ReceiptWishes.Failed, life: TimeSpan.FromHours(1)));
        await Lose(bob, lost);

        Pass(TimeSpan.FromMinutes(2));

        var receipt = (ReceiptNotice)(await other.Notices.First(n => n.Session == desk && n.Notice is ReceiptNotice)).Notice;
        Assert.Equal((Disposition.Failed, 480), (receipt.Receipt.Disposition, receipt.Receipt.Code));
    }

    [Fact]
    public async Task A_sender_who_cannot_be_told_that_it_failed_is_told_later()
    {
        var bob = await NewPerson();
        var (lost, other) = (await NewGateway(), await NewGateway());
        var alice = await NewFriend(bob, other);
        var desk = await alice.Bind(other, "desk");
        await Bind(bob, lost);
        Assert.Null(await alice.Send(bob, wants: ReceiptWishes.Failed, life: TimeSpan.FromHours(1)));
        await Lose(bob, lost);
        other.Taking = _ => throw new TimeoutException();
        Pass(TimeSpan.FromMinutes(2));
        await other.Notices.First(told => told.Session == desk && told.Notice is ReceiptNotice);
        await bob.Get("status");
        var told = new TaskCompletionSource();
        other.Taking = notice =>
        {
            if (notice is ReceiptNotice { Receipt.Disposition: Disposition.Failed })
                told.TrySetResult();
            return Task.FromResult(true);
        };

        Pass(TimeSpan.FromSeconds(6));

        await told.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_message_whose_gateway_does_not_answer_may_have_come_and_is_to_be_sent_again()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        await Bind(bob, gateway);
        gateway.Taking = _ => throw new TimeoutException();
        Assert.Equal(Refusal.Overloaded, await alice.Send(bob));

        gateway.Taking = _ => Task.FromResult(true);
        Pass(TimeSpan.FromSeconds(9));

        Assert.Null(await alice.Send(bob));
    }

    [Fact]
    public async Task A_gateway_that_did_not_answer_is_not_waited_for_again_at_once()
    {
        var bob = await NewPerson();
        var (lost, other) = (await NewGateway(), await NewGateway());
        var alice = await NewFriend(bob, other);
        await Bind(bob, lost);
        lost.Taking = _ => throw new TimeoutException();
        Assert.Equal(Refusal.Overloaded, await alice.Send(bob, "m1"));

        Assert.Equal(Refusal.Overloaded, await alice.Send(bob, "m2"));
        var session = await Bind(bob, other, "phone");
        Assert.Null(await alice.Send(bob, "m3"));

        Assert.Single(lost.Notices.All);
        Assert.Equal("m3", Assert.Single(other.NoticesTo<MessageNotice>(session)).Message.Id);
    }

    [Fact]
    public async Task A_gateway_that_could_not_be_told_of_the_end_of_a_session_is_to_assert_it()
    {
        var bob = await NewPerson();
        var (mute, other) = (await NewGateway(), await NewGateway());
        var alice = await NewFriend(bob, other);
        await Bind(bob, mute);
        mute.Taking = _ => throw new TimeoutException();
        Assert.Equal(Refusal.Overloaded, await alice.Send(bob));
        var lease = Silo.Client.GetGateway(mute.Route);
        await lease.Renew();

        await bob.Node.Bind(new EndpointBinding(
            "desk", Person.FreshSession(), 0, "online", TakesOver: true, other.Inbox, Route: other.Route));

        Assert.Empty(mute.Closed.All);
        Assert.Contains(bob.Address, (await lease.Renew()).Repairs);
    }

    [Fact]
    public async Task A_gateway_that_speaks_again_is_handed_things_at_once()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        var session = await Bind(bob, gateway);
        gateway.Taking = _ => throw new TimeoutException();
        Assert.Equal(Refusal.Overloaded, await alice.Send(bob));

        gateway.Taking = _ => Task.FromResult(true);
        await bob.Node.Assert(Assertion(gateway, session, "online"));

        Assert.Null(await alice.Send(bob));
    }

    [Fact]
    public async Task A_receipt_that_the_senders_gateway_did_not_answer_is_told_again()
    {
        var bob = await NewPerson();
        var (here, there) = (await NewGateway(), await NewGateway());
        var alice = await NewFriend(bob, there);
        var desk = await Bind(alice, there);
        var session = await Bind(bob, here);
        var message = alice.Message(wants: ReceiptWishes.Delivered);
        await bob.Node.Receive(message);
        MessageKey key = new(alice.Address, message.Id);
        there.Taking = _ => throw new TimeoutException();
        await Assert.ThrowsAsync<TimeoutException>(() => bob.Node.Acknowledge(session, [key]));

        there.Taking = _ => Task.FromResult(true);
        Pass(TimeSpan.FromSeconds(9));
        await bob.Node.Acknowledge(session, [key]);
        await bob.Node.Acknowledge(session, [key]);

        Assert.Equal(2, there.NoticesTo<ReceiptNotice>(desk).Count());
    }

    [Fact]
    public async Task A_receipt_for_a_session_that_was_forgotten_comes_once_it_is_asserted()
    {
        var alice = await NewPerson();
        var gateway = await NewGateway();
        var desk = await Bind(alice, gateway);
        await Silo.Deactivate(alice.Node);
        await alice.Node.TakeReceipt(new Receipt(Address.Parse("bob@a.example"), "m1", Disposition.Delivered, default));

        await alice.Node.Assert(Assertion(gateway, desk, "online"));
        await alice.Node.Assert(Assertion(gateway, desk, "online"));

        Assert.Equal("m1", Assert.Single(gateway.NoticesTo<ReceiptNotice>(desk)).Receipt.MessageId);
    }

    [Fact]
    public async Task A_session_that_is_asserted_shows_again_what_it_showed()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var session = await Bind(bob, gateway);
        await Silo.Deactivate(bob.Node);
        Assert.Equal("offline", await bob.Get("status"));

        Assert.True(await bob.Node.Assert(Assertion(gateway, session, "dnd")));

        Assert.Equal("dnd", await bob.Get("status"));
    }

    [Fact]
    public async Task What_a_session_writes_while_it_is_being_asserted_stays()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var session = await Bind(bob, gateway);
        await Silo.Deactivate(bob.Node);
        await bob.Node.Write(new WriteRequest(
            bob.Address, [new PropertyChange(PropertyPath.Parse("ep/desk/status"), PropertyValue.OfText("away"))], null));

        Assert.True(await bob.Node.Assert(Assertion(gateway, session, "dnd")));

        Assert.Equal("away", await bob.Get("status"));
    }

    [Fact]
    public async Task Asserting_a_session_that_is_known_changes_nothing()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var session = await Bind(bob, gateway, show: "away");

        Assert.True(await bob.Node.Assert(Assertion(gateway, session, "dnd")));

        Assert.Equal("away", await bob.Get("status"));
    }

    [Fact]
    public async Task A_session_whose_endpoint_belongs_to_a_newer_one_cannot_come_back()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await Bind(bob, gateway, show: "away");

        Assert.False(await bob.Node.Assert(Assertion(gateway, "former", "dnd")));

        Assert.Equal("away", await bob.Get("status"));
    }

    [Fact]
    public async Task An_acknowledgement_of_a_session_that_was_forgotten_counts_once_it_is_asserted()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        var desk = await alice.Bind(gateway, "desk");
        var session = await Bind(bob, gateway);
        var message = alice.Message(wants: ReceiptWishes.Delivered);
        await bob.Node.Receive(message);
        await Silo.Deactivate(bob.Node);
        MessageKey key = new(alice.Address, message.Id);

        Assert.False(await bob.Node.Acknowledge(session, [key]));
        await bob.Node.Assert(Assertion(gateway, session, "online") with { InHand = [message] });
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
        var session = await Bind(bob, gateway);
        await Silo.Deactivate(bob.Node);

        await bob.Node.Assert(Assertion(gateway, session, "dnd") with { ParkedFor = TimeSpan.FromMinutes(1) });
        Assert.Equal("offline", await bob.Get("status"));

        Assert.True(await bob.Node.Resume("desk", session));
        Assert.Equal("dnd", await bob.Get("status"));
    }

    [Fact]
    public async Task A_gateway_is_told_whose_grain_has_gone()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await Bind(bob, gateway);
        var lease = Silo.Client.GetGateway(gateway.Route);
        await lease.Renew();

        await Silo.Deactivate(bob.Node);

        Assert.Contains(bob.Address, (await lease.Renew()).Repairs);
        Assert.Empty((await lease.Renew()).Repairs);
    }

    [Fact]
    public async Task A_lease_that_was_released_begins_anew_with_another_epoch()
    {
        var lease = Silo.Client.GetGateway("gw-released");
        var first = await lease.Renew();
        Assert.True(await lease.IsAlive());

        await lease.Release();

        Assert.False(await lease.IsAlive());
        Assert.True((await lease.Renew()).Epoch > first.Epoch);
        Assert.True(await lease.IsAlive());
    }

    private Task Lose(Person person, Gateway gateway) =>
        Silo.Client.GetGrain<IGatewayBound>(GrainIdOf(person)).GatewayLost(gateway.Route);

    private static GrainId GrainIdOf(Person person) => person.Node.GetGrainId();

    private static async Task<string> Bind(Person person, Gateway gateway, string endpoint = "desk", string show = "online")
    {
        var session = Person.FreshSession();
        var answer = await person.Node.Bind(
            new EndpointBinding(endpoint, session, 0, show, false, gateway.Inbox, Route: gateway.Route));
        Assert.Null(answer.Refusal);
        return session;
    }

    private static SessionAssertion Assertion(Gateway gateway, string session, string status) => new(
        new EndpointBinding("desk", session, 0, null, false, gateway.Inbox, Route: gateway.Route),
        [new PropertyChange(PropertyPath.Parse("ep/desk/status"), PropertyValue.OfText(status))], [], null);
}
