using Presence.Contracts.Routes;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Messages;

namespace Presence.Grains.Tests.Messages;

public sealed class DeliveryTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    [Trait("Conformance", "MSG-01")]
    public async Task A_message_goes_to_every_endpoint_that_is_shown_and_wants_messages()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        var desk = await bob.Bind(gateway, "desk");
        var phone = await bob.Bind(gateway, "phone", "dnd", priority: 5);
        await bob.Bind(gateway, "sensor", "online", priority: -1);
        await bob.Bind(gateway, "unseen", show: null);

        Assert.Null(await alice.Send(bob));

        var given = gateway.Notices.All.Where(n => n.Notice is MessageNotice).ToList();
        Assert.Equal(new[] { desk, phone }.Order(), given.Select(n => n.Session).Order());
        Assert.All(given, n => Assert.False(((MessageNotice)n.Notice).IsRequest));
    }

    [Fact]
    [Trait("Conformance", "MSG-03")]
    public async Task Octets_and_all_that_goes_with_them_arrive_unaltered()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        var session = await bob.Bind(gateway);
        byte[] octets = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        var sent = alice.Message(wants: ReceiptWishes.Delivered | ReceiptWishes.Failed) with
        {
            Type = "multipart/signed; boundary=\"x\"",
            Body = octets,
            Language = "de-CH",
            Subject = "Grüße",
            InReplyTo = "m0",
            IsAutomatic = true,
        };

        await bob.Node.Receive(sent);

        var came = Assert.Single(gateway.NoticesTo<MessageNotice>(session)).Message;
        Assert.Equal(octets, came.Body.ToArray());
        Assert.Equal(sent, came with { Body = sent.Body });
    }

    [Fact]
    public async Task A_repeat_with_the_same_mid_is_answered_alike_and_not_delivered_again()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        var session = await bob.Bind(gateway);

        Assert.Null(await alice.Send(bob));
        Assert.Null(await alice.Send(bob));
        await bob.Acknowledge(session, alice);
        Assert.Null(await alice.Send(bob));

        Assert.Single(gateway.NoticesTo<MessageNotice>(session));
    }

    [Fact]
    public async Task The_same_mid_of_another_sender_is_another_message()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var (alice, carol) = (await NewFriend(bob, gateway), await NewFriend(bob, gateway));
        var session = await bob.Bind(gateway);

        await alice.Send(bob);
        await carol.Send(bob);

        Assert.Equal(2, gateway.NoticesTo<MessageNotice>(session).Count());
    }

    [Fact]
    public async Task A_friend_learns_that_the_user_is_offline()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        Assert.Equal(480, (await alice.Send(bob))?.Code);

        var session = await bob.Bind(gateway);

        // What was refused was not taken, so the same message may be tried again.
        Assert.Null(await alice.Send(bob));
        Assert.Single(gateway.NoticesTo<MessageNotice>(session));
    }

    [Fact]
    public async Task A_status_written_by_hand_makes_nobody_reachable_and_offline_makes_everybody_unreachable()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        await bob.Set("status", "busy");
        Assert.Equal(480, (await alice.Send(bob, "m1"))?.Code);

        await bob.Bind(gateway);
        await bob.Set("status", "offline");

        Assert.Equal(480, (await alice.Send(bob, "m2"))?.Code);
    }

    [Fact]
    public async Task A_session_that_cannot_take_it_counts_as_gone()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        await bob.Bind(gateway);
        gateway.Taking = _ => Task.FromResult(false);

        Assert.Equal(480, (await alice.Send(bob))?.Code);
    }

    [Fact]
    public async Task A_gateway_that_throws_counts_as_gone()
    {
        var bob = await NewPerson();
        var (broken, whole) = (await NewGateway(), await NewGateway());
        var alice = await NewFriend(bob, whole);
        await bob.Bind(broken, "desk");
        var phone = await bob.Bind(whole, "phone");
        broken.Taking = _ => throw new InvalidOperationException("The outbox is broken.");

        Assert.Null(await alice.Send(bob));

        Assert.Single(whole.NoticesTo<MessageNotice>(phone));
    }

    [Fact]
    public async Task A_gateway_that_does_not_answer_is_told_to_the_sender_before_he_gives_up()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        await bob.Bind(gateway);
        Silo.Client.DeleteObjectReference<IGatewayInbox>(gateway.Inbox);

        Assert.Equal(503, (await alice.Send(bob))?.Code);
    }

    [Fact]
    public async Task More_than_the_inbox_holds_is_refused_until_something_is_acknowledged()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var alice = await NewFriend(bob, gateway);
        var session = await bob.Bind(gateway);
        for (var i = 0; i < SharedSilo.Options.MaxWaiting; i++)
            Assert.Null(await alice.Send(bob, $"m{i}"));
        Assert.Equal(503, (await alice.Send(bob, "more"))?.Code);

        await bob.Acknowledge(session, alice, "m0");

        Assert.Null(await alice.Send(bob, "more"));
    }
}
