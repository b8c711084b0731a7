using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Messages;

namespace Presence.Grains.Tests.Messages;

public sealed class ReceiptTests(SharedSilo shared) : PresenceTest(shared)
{
    private const ReceiptWishes All = ReceiptWishes.Delivered | ReceiptWishes.Displayed | ReceiptWishes.Failed;

    [Fact]
    [Trait("Conformance", "MSG-05")]
    public async Task The_first_acknowledgement_gives_the_one_delivered_receipt()
    {
        var (bob, alice, gateway, sender) = await Friends();
        var (desk, phone) = (await bob.Bind(gateway, "desk"), await bob.Bind(gateway, "phone"));
        await alice.Send(bob, wants: All);

        await bob.Acknowledge(phone, alice);
        await bob.Acknowledge(desk, alice);
        await bob.Acknowledge(phone, alice);

        var receipt = Assert.Single(gateway.NoticesTo<ReceiptNotice>(sender)).Receipt;
        Assert.Equal(new Receipt(bob.Address, "m1", Disposition.Delivered, Silo.Now), receipt);
    }

    [Fact]
    [Trait("Conformance", "MSG-05")]
    public async Task Who_asked_for_nothing_is_told_nothing()
    {
        var (bob, alice, gateway, _) = await Friends();
        var desk = await bob.Bind(gateway);
        await alice.Send(bob);
        await alice.Send(bob, "m2");

        await bob.Acknowledge(desk, alice);
        await bob.Node.Unbind("desk", desk);

        Assert.DoesNotContain(gateway.Notices.All, n => n.Notice is ReceiptNotice);
    }

    [Fact]
    public async Task A_session_that_was_not_given_the_message_cannot_acknowledge_it()
    {
        var (bob, alice, gateway, sender) = await Friends();
        await bob.Bind(gateway);
        await alice.Send(bob, wants: All);
        var later = await bob.Bind(gateway, "later");

        await bob.Acknowledge(later, alice);

        Assert.Empty(gateway.NoticesTo<ReceiptNotice>(sender));
    }

    [Fact]
    public async Task An_unacknowledged_message_fails_when_the_last_session_that_holds_it_goes()
    {
        var (bob, alice, gateway, sender) = await Friends();
        var (desk, phone) = (await bob.Bind(gateway, "desk"), await bob.Bind(gateway, "phone"));
        await alice.Send(bob, wants: ReceiptWishes.Failed);

        await bob.Node.Unbind("desk", desk);
        Assert.Empty(gateway.NoticesTo<ReceiptNotice>(sender));
        await bob.Node.Unbind("phone", phone);

        var receipt = Assert.Single(gateway.NoticesTo<ReceiptNotice>(sender)).Receipt;
        Assert.Equal((Disposition.Failed, 480), (receipt.Disposition, receipt.Code));
    }

    [Fact]
    public async Task A_message_held_by_a_replaced_session_goes_to_the_new_one()
    {
        var (bob, alice, gateway, sender) = await Friends();
        await bob.Bind(gateway);
        await alice.Send(bob, wants: All);

        await bob.Node.Bind(new EndpointBinding("desk", "newer", 0, "online", true, gateway.Inbox));
        Assert.Equal("m1", Assert.Single(gateway.NoticesTo<MessageNotice>("newer")).Message.Id);
        await bob.Acknowledge("newer", alice);

        Assert.Equal(
            Disposition.Delivered, Assert.Single(gateway.NoticesTo<ReceiptNotice>(sender)).Receipt.Disposition);
    }

    [Fact]
    public async Task A_message_for_the_best_endpoint_goes_to_the_next_one_when_that_dies()
    {
        var (bob, alice, gateway, sender) = await Friends();
        var (phone, desk) = (await bob.Bind(gateway, "phone", priority: 5), await bob.Bind(gateway, "desk"));
        await bob.Node.Receive(alice.Message(wants: All) with { IsForBest = true });
        Assert.Single(gateway.NoticesTo<MessageNotice>(phone));
        Assert.Empty(gateway.NoticesTo<MessageNotice>(desk));

        await bob.Node.Unbind("phone", phone);
        Assert.Single(gateway.NoticesTo<MessageNotice>(desk));
        await bob.Node.Unbind("desk", desk);

        Assert.Equal(
            Disposition.Failed, Assert.Single(gateway.NoticesTo<ReceiptNotice>(sender)).Receipt.Disposition);
    }

    [Fact]
    public async Task A_message_held_by_a_replaced_session_fails_if_nobody_can_take_it()
    {
        var (bob, alice, gateway, sender) = await Friends();
        await bob.Bind(gateway);
        await alice.Send(bob, wants: ReceiptWishes.Failed);

        await bob.Node.Bind(new EndpointBinding("desk", "newest", 0, null, true, gateway.Inbox));

        Assert.Equal(
            Disposition.Failed, Assert.Single(gateway.NoticesTo<ReceiptNotice>(sender)).Receipt.Disposition);
    }

    [Fact]
    [Trait("Conformance", "MSG-07")]
    public async Task An_unacknowledged_message_fails_when_its_time_runs_out_and_is_not_accepted_late()
    {
        var (bob, alice, gateway, sender) = await Friends();
        var desk = await bob.Bind(gateway);
        await alice.Send(bob, wants: All, life: TimeSpan.FromSeconds(1));

        Pass(TimeSpan.FromSeconds(1));

        await gateway.Notices.First(n => n.Session == sender && n.Notice is ReceiptNotice);
        await bob.Acknowledge(desk, alice);
        var receipt = Assert.Single(gateway.NoticesTo<ReceiptNotice>(sender)).Receipt;
        Assert.Equal((Disposition.Failed, 408), (receipt.Disposition, receipt.Code));
    }

    [Fact]
    public async Task Messages_of_different_lives_end_each_at_its_own_time()
    {
        var (bob, alice, gateway, sender) = await Friends();
        await bob.Bind(gateway);
        await alice.Send(bob, "long", All, TimeSpan.FromSeconds(3));
        await alice.Send(bob, "short", All, TimeSpan.FromSeconds(1));

        Pass(TimeSpan.FromSeconds(1));
        await Failed("short");
        Assert.Single(gateway.NoticesTo<ReceiptNotice>(sender));
        Pass(TimeSpan.FromSeconds(2));
        await Failed("long");

        Task Failed(string mid) =>
            gateway.Notices.First(n => n.Notice is ReceiptNotice receipt && receipt.Receipt.MessageId == mid);
    }

    [Fact]
    [Trait("Conformance", "MSG-06")]
    public async Task A_displayed_receipt_passes_once_and_one_for_an_unknown_message_is_refused()
    {
        var (bob, alice, gateway, sender) = await Friends();
        await bob.Bind(gateway);
        await alice.Send(bob, wants: ReceiptWishes.Displayed);
        var key = new MessageKey(alice.Address, "m1");

        Assert.Null(await bob.Node.ReportDisplayed(key, Disposition.Displayed));
        Assert.Null(await bob.Node.ReportDisplayed(key, Disposition.Displayed));
        var unknown = await bob.Node.ReportDisplayed(key with { Id = "m2" }, Disposition.Displayed);

        Assert.Equal(481, unknown?.Code);
        Assert.Equal(
            Disposition.Displayed, Assert.Single(gateway.NoticesTo<ReceiptNotice>(sender)).Receipt.Disposition);
    }

    [Fact]
    public async Task A_message_to_oneself_is_acknowledged_without_waiting_for_oneself()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var desk = await bob.Bind(gateway);
        await bob.Send(bob, wants: All);

        await bob.Acknowledge(desk, bob);

        Assert.Equal(
            Disposition.Delivered, Assert.Single(gateway.NoticesTo<ReceiptNotice>(desk)).Receipt.Disposition);
    }

    private async Task<(Person Bob, Person Alice, Gateway Gateway, string Sender)> Friends()
    {
        var (bob, gateway) = (await NewPerson(), await NewGateway());
        var alice = await NewFriend(bob, gateway);
        return (bob, alice, gateway, await alice.Bind(gateway));
    }
}
