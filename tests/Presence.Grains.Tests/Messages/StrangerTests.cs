using Presence.Contracts.Routes;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Messages;

namespace Presence.Grains.Tests.Messages;

public sealed class StrangerTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    public async Task A_strangers_message_is_flagged_as_a_request()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        var session = await bob.Bind(gateway);

        Assert.Null(await alice.Send(bob));

        Assert.True(Assert.Single(gateway.NoticesTo<MessageNotice>(session)).IsRequest);
    }

    [Fact]
    public async Task A_stranger_gets_no_receipt_whatever_he_asked_for()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        await alice.Bind(gateway);
        var session = await bob.Bind(gateway);
        const ReceiptWishes all = ReceiptWishes.Delivered | ReceiptWishes.Displayed | ReceiptWishes.Failed;
        await alice.Send(bob, "m1", all);
        await alice.Send(bob, "m2", all);

        await bob.Acknowledge(session, alice);
        await bob.Node.ReportDisplayed(new(alice.Address, "m1"), Disposition.Displayed);
        await bob.Node.Unbind("desk", session);

        Assert.DoesNotContain(gateway.Notices.All, n => n.Notice is ReceiptNotice);
        var shown = Assert.IsType<MessageNotice>(gateway.Notices.All.First(n => n.Session == session).Notice);
        Assert.Equal(ReceiptWishes.None, shown.Message.Wants);
    }

    [Fact]
    public async Task A_stranger_gets_the_same_answer_whether_anybody_is_there_or_not()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();

        var offline = await alice.Send(bob, "m1");
        await bob.Bind(gateway);
        var online = await alice.Send(bob, "m2");
        gateway.Taking = _ => Task.FromResult(false);
        var broken = await alice.Send(bob, "m3");

        Assert.All(new[] { offline, online, broken }, Assert.Null);
    }

    [Fact]
    public async Task A_stranger_who_floods_the_inbox_learns_no_more_than_at_an_empty_one()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());
        await bob.Bind(await NewGateway());
        for (var i = 0; i < SharedSilo.Options.MaxWaiting; i++)
            Assert.Null(await alice.Send(bob, $"m{i}"));

        Assert.Null(await alice.Send(bob, "more"));
    }

    [Fact]
    public async Task What_is_held_survives_the_activation_and_waits_for_an_endpoint_once_it_is_let_in()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        await bob.Bind(gateway);
        foreach (var id in (string[])["shown", "second", "third"])
            Assert.Null(await alice.Send(bob, id));

        await Silo.Deactivate(bob.Node);
        Assert.Null(await alice.Send(bob, "second"));
        await bob.Approve(alice);
        await Silo.Deactivate(bob.Node);
        var session = await bob.Bind(gateway);

        var told = gateway.NoticesTo<MessageNotice>(session).ToList();
        Assert.Equal(["second", "third"], told.Select(notice => notice.Message.Id));
        Assert.All(told, notice => Assert.False(notice.IsRequest));
        Assert.All(told, notice => Assert.Equal(alice.Address, notice.Message.From));

        await Silo.Deactivate(bob.Node);
        Assert.Empty(gateway.NoticesTo<MessageNotice>(await bob.Bind(gateway)));
    }

    [Fact]
    public async Task Of_a_user_who_was_removed_no_request_is_left()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        await bob.Bind(gateway);
        await alice.Send(bob, "shown");
        await alice.Send(bob, "held");
        await bob.Node.Remove();
        await bob.Node.Create();

        var session = await bob.Bind(gateway);
        await alice.Send(bob, "again");

        Assert.True(Assert.Single(gateway.NoticesTo<MessageNotice>(session)).IsRequest);
    }
}
