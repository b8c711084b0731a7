using Presence.Contracts.Routes;
using Presence.Grains.Tests.Hosting;

namespace Presence.Grains.Tests.Messages;

/// <summary>Copies of what a user sends from another endpoint cost a call only while somebody takes them.</summary>
public sealed class CopyTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    public async Task A_session_is_told_that_nobody_takes_copies_and_again_when_somebody_does()
    {
        var alice = await NewPerson();
        var gateway = await NewGateway();
        var desk = await alice.Bind(gateway, "desk");

        await alice.Node.TakeCopy(desk, new CopyNotice(alice.Message(), [alice.Address]));
        await gateway.CopyWishes.First(wish => wish == (desk, false));
        await alice.Bind(gateway, "phone", copies: true);

        Assert.Equal((desk, true), gateway.CopyWishes.All[^1]);
    }

    [Fact]
    public async Task A_session_that_comes_after_one_that_takes_copies_is_told_so()
    {
        var alice = await NewPerson();
        var gateway = await NewGateway();
        await alice.Bind(gateway, "phone", copies: true);

        var desk = await alice.Bind(gateway, "desk");

        Assert.Equal([(desk, true)], gateway.CopyWishes.All);
    }
}
