using Presence.Contracts;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Replies;

namespace Presence.Grains.Tests.Users;

/// <summary>What becomes of a user whose gateway is lost, or does not answer.</summary>
public sealed class LostGatewayTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    public async Task The_endpoints_of_a_lost_gateway_go_and_those_of_others_stay()
    {
        var bob = await NewPerson();
        var (lost, other) = (await NewGateway(), await NewGateway());
        await bob.BindLeased(lost, "desk", "dnd");
        await bob.BindLeased(other, "phone", "away");

        await bob.Lose(lost);

        Assert.Equal("away", await bob.Get("status"));
        Assert.Null(await bob.Get("ep/desk/status"));
    }

    [Fact]
    public async Task A_message_that_was_with_a_lost_gateway_waits_for_the_next_session()
    {
        var bob = await NewPerson();
        var (lost, other) = (await NewGateway(), await NewGateway());
        var alice = await NewFriend(bob, other);
        await bob.BindLeased(lost);
        Assert.Null(await alice.Send(bob));
        await bob.Lose(lost);

        var session = await bob.BindLeased(other, "phone");

        Assert.Equal("m1", Assert.Single(other.NoticesTo<MessageNotice>(session)).Message.Id);
    }

    [Fact]
    public async Task So_it_does_if_he_asks_for_his_session_at_another_before_the_loss_is_known()
    {
        var bob = await NewPerson();
        var (lost, other) = (await NewGateway(), await NewGateway());
        var alice = await NewFriend(bob, other);
        var desk = await alice.Bind(other, "desk");
        var old = await bob.BindLeased(lost);
        Assert.Null(await alice.Send(bob, wants: ReceiptWishes.Failed, life: TimeSpan.FromHours(1)));
        lost.Giving = _ => throw new TimeoutException();

        var answer = await bob.Node.TakeOver(new TakeOverRequest(old, "key", 0, other.Inbox));
        Assert.Equal((410, "offline"), (answer.Refusal?.Code, await bob.Get("status")));
        var session = await bob.BindLeased(other);

        Assert.Equal("m1", Assert.Single(other.NoticesTo<MessageNotice>(session)).Message.Id);
        Assert.Empty(other.NoticesTo<ReceiptNotice>(desk));
    }

    [Fact]
    public async Task Receipts_that_come_before_his_next_session_wait_for_it_two_minutes()
    {
        var alice = await NewPerson();
        var (lost, other) = (await NewGateway(), await NewGateway());
        await LoseAndBeTold(alice, lost, "m1");
        var soon = await alice.BindLeased(other);
        await alice.Node.Unbind("desk", soon);
        await LoseAndBeTold(alice, lost, "m2");
        Pass(TimeSpan.FromMinutes(2));
        var late = await alice.BindLeased(other);

        Assert.Equal("m1", Assert.Single(other.NoticesTo<ReceiptNotice>(soon)).Receipt.MessageId);
        Assert.Empty(other.NoticesTo<ReceiptNotice>(late));
    }

    [Fact]
    public async Task None_wait_for_who_left()
    {
        var alice = await NewPerson();
        var gateway = await NewGateway();
        await alice.Node.Unbind("desk", await alice.BindLeased(gateway));
        await alice.Node.TakeReceipt(Delivered("m1"));

        var session = await alice.BindLeased(gateway);

        Assert.Empty(gateway.NoticesTo<ReceiptNotice>(session));
    }

    [Fact]
    public async Task If_nobody_comes_for_two_minutes_it_has_failed_and_the_sender_is_told()
    {
        var bob = await NewPerson();
        var (lost, other) = (await NewGateway(), await NewGateway());
        var alice = await NewFriend(bob, other);
        var desk = await alice.Bind(other, "desk");
        await bob.BindLeased(lost);
        Assert.Null(await alice.Send(bob, wants: ReceiptWishes.Failed, life: TimeSpan.FromHours(1)));
        await bob.Lose(lost);

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
        await bob.BindLeased(lost);
        Assert.Null(await alice.Send(bob, wants: ReceiptWishes.Failed, life: TimeSpan.FromHours(1)));
        await bob.Lose(lost);
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
        await bob.BindLeased(gateway);
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
        await bob.BindLeased(lost);
        lost.Taking = _ => throw new TimeoutException();
        Assert.Equal(Refusal.Overloaded, await alice.Send(bob, "m1"));

        Assert.Equal(Refusal.Overloaded, await alice.Send(bob, "m2"));
        var session = await bob.BindLeased(other, "phone");
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
        await bob.BindLeased(mute);
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
        var session = await bob.BindLeased(gateway);
        gateway.Taking = _ => throw new TimeoutException();
        Assert.Equal(Refusal.Overloaded, await alice.Send(bob));

        gateway.Taking = _ => Task.FromResult(true);
        await bob.Node.Assert(Person.Assertion(gateway, session, "online"));

        Assert.Null(await alice.Send(bob));
    }

    [Fact]
    public async Task A_receipt_that_the_senders_gateway_did_not_answer_is_told_again()
    {
        var bob = await NewPerson();
        var (here, there) = (await NewGateway(), await NewGateway());
        var alice = await NewFriend(bob, there);
        var desk = await alice.BindLeased(there);
        var session = await bob.BindLeased(here);
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
    public async Task A_gateway_is_told_whose_grain_has_gone()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await bob.BindLeased(gateway);
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

    private static Receipt Delivered(string id) => new(Address.Parse("bob@a.example"), id, Disposition.Delivered, default);

    private static async Task LoseAndBeTold(Person person, Gateway gateway, string id)
    {
        await person.BindLeased(gateway);
        await person.Lose(gateway);
        await person.Node.TakeReceipt(Delivered(id));
    }
}
