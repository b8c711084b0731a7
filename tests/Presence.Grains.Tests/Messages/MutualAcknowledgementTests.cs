using Presence.Contracts.Routes;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Messages;

namespace Presence.Grains.Tests.Messages;

public sealed class MutualAcknowledgementTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    public async Task Two_users_who_acknowledge_each_others_messages_at_once_do_not_wait_for_each_other()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());
        // A gateway each: one observer object is given one call at a time.
        var (bobs, alices) = (await NewGateway(), await NewGateway());
        await bob.Approve(alice);
        await alice.Approve(bob);
        var (bobsSession, alicesSession) = (await bob.Bind(bobs), await alice.Bind(alices));
        await alice.Send(bob, wants: ReceiptWishes.Delivered);
        await bob.Send(alice, wants: ReceiptWishes.Delivered);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bobs.Taking = alices.Taking = async _ =>
        {
            await release.Task;
            return true;
        };

        // Both receipts are held at their gateways, so both grains are in the middle of acknowledging.
        var acknowledging = Task.WhenAll(
            bob.Acknowledge(bobsSession, alice), alice.Acknowledge(alicesSession, bob));
        await bobs.Notices.First(n => n.Notice is ReceiptNotice);
        await alices.Notices.First(n => n.Notice is ReceiptNotice);
        Assert.False(acknowledging.IsCompleted);
        release.SetResult();
        await acknowledging;
    }
}
