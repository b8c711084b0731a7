using Presence.Sessions.Tests.Hosting;

namespace Presence.Sessions.Tests.Gateways;

public sealed class ReturnTests(TestSilo silo)
{
    [Fact]
    [Trait("Conformance", "SUB-07")]
    public async Task Who_takes_the_place_of_his_lost_session_is_told_though_the_end_of_that_one_comes_late()
    {
        var isDeparting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayDepart = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var gateway = await TestGateway.Open(silo, departing: () =>
        {
            isDeparting.TrySetResult();
            return mayDepart.Task;
        });
        var (alice, bob) = (await silo.NewUser("ret-al"), await silo.NewUser("ret-bo"));
        var bobs = gateway.Connect();
        await bobs.Authenticate(bob);
        await bobs.Ask("BIND 4 ep=desk show=online");
        await bobs.Ask("APPROVE 5 ~ who=ret-al@localhost");
        var lost = gateway.Connect();
        await lost.Authenticate(alice);
        await lost.Ask("BIND 4 ep=desk show=online");
        Assert.Equal(200, (await lost.Ask("SUB 5 ret-bo@localhost/status id=lasting")).Code);
        await lost.Cut();
        await lost.Served;

        var client = gateway.Connect();
        await client.Authenticate(alice);
        var binding = client.Ask("BIND 4 ep=desk show=online");
        await isDeparting.Task;

        // Long enough for a BIND that does not wait for it.
        for (var tag = 6; tag < 56; tag++)
            Assert.Equal(200, (await bobs.Ask($"GET {tag} ~/ep/desk/status")).Code);
        Assert.False(binding.IsCompleted);
        mayDepart.SetResult();

        Assert.Equal(200, (await binding).Code);
        silo.Clock.Advance(TimeSpan.FromSeconds(1));
        await bobs.Ask("SET 60 ~/ep/desk/status val=away");
        var told = await client.Read();
        Assert.Equal(("NOTIFY", "away"), (told?.Verb, told?.Parameters["val"]));
    }
}
