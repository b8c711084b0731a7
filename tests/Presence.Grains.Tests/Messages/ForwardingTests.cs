using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Messages;

namespace Presence.Grains.Tests.Messages;

public sealed class ForwardingTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    [Trait("Conformance", "INV-07")]
    public async Task A_message_that_has_been_here_is_a_loop_and_one_without_hops_goes_no_further()
    {
        var (bob, alice, carol) = (await NewPerson(), await NewPerson(), await NewPerson());
        await bob.Approve(alice);
        await bob.Set("forward/mode", "proxy");
        await bob.Set("forward", carol.Address.ToString());
        var message = alice.Message();

        var back = await bob.Node.Receive(message with { Via = [bob.Address, carol.Address], Hops = 6 });
        var tired = await bob.Node.Receive(message with { Hops = 0 });

        Assert.Equal(482, back.Refusal?.Code);
        Assert.Equal(483, tired.Refusal?.Code);
        Assert.Equal(
            new Referral(carol.Address, ReferralKind.GoOn, null), (await bob.Node.Receive(message)).Referral);
    }

    [Fact]
    public async Task Who_may_send_and_not_know_the_presence_is_sent_on_in_silence()
    {
        var (bob, alice, carol) = (await NewPerson(), await NewPerson(), await NewPerson());
        await bob.Node.Approve(new ApprovalRequest(bob.Address, default, alice.Address, Model.Access.Rights.Send));
        await bob.Set("forward/mode", "proxy");
        await bob.Set("forward", carol.Address.ToString());

        var answer = await bob.Node.Receive(alice.Message(wants: ReceiptWishes.Delivered));

        Assert.Equal(ReferralKind.GoOnInSilence, answer.Referral?.Kind);
    }

    [Fact]
    public async Task What_a_group_says_is_no_request_and_is_not_sent_on()
    {
        var (bob, alice, gateway) = (await NewPerson(), await NewPerson(), await NewGateway());
        var session = await bob.Bind(gateway);
        await bob.Set("forward", alice.Address.ToString());
        var chess = new Model.Addresses.Place(PresenceSilo.FreshAddress());

        Assert.Equal(SendAnswer.Accepted, await bob.Node.Receive(alice.Message() with { Place = chess }));
        await bob.Node.Receive(alice.Message("m2") with { Place = chess });

        Assert.Equal(
            [("m1", false, chess), ("m2", false, chess)],
            gateway.NoticesTo<MessageNotice>(session).Select(n => (n.Message.Id, n.IsRequest, n.Message.Place!.Value)));
    }
}
