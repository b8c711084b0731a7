using Presence.Contracts.Users;
using Presence.Grains.Tests.Hosting;

namespace Presence.Grains.Tests.Users;

public sealed class OutgoingTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    public async Task One_outgoing_subscription_too_many_is_refused()
    {
        var bob = await NewPerson();
        await Fill(bob, TimeSpan.FromHours(1));

        Assert.Equal(431, (await bob.Node.RememberWatching(Watched("more", TimeSpan.FromHours(1))))?.Code);
        Assert.Null(await bob.Node.RememberWatching(Watched("w0", TimeSpan.FromHours(2))));
    }

    [Fact]
    public async Task One_that_was_forgotten_or_has_run_out_makes_room()
    {
        var bob = await NewPerson();
        await Fill(bob, TimeSpan.FromHours(1));

        Assert.Equal("w0", (await bob.Node.ForgetWatching("w0"))?.Id);
        Assert.Null(await bob.Node.ForgetWatching("w0"));
        Assert.Null(await bob.Node.RememberWatching(Watched("more", TimeSpan.FromHours(1))));
        // Ends are stored in whole seconds.
        Pass(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        Assert.Null(await bob.Node.RememberWatching(Watched("another", TimeSpan.FromHours(1))));
    }

    [Fact]
    public async Task Several_are_noted_as_long_as_there_is_room()
    {
        var bob = await NewPerson();
        await Fill(bob, TimeSpan.FromHours(1));
        await bob.Node.ForgetWatching("w0");

        var refusals = await bob.Node.RememberAllWatching(
        [
            Watched("one", TimeSpan.FromHours(1)), Watched("w1", TimeSpan.FromHours(2)), Watched("more", TimeSpan.FromHours(1)),
        ]);

        Assert.Equal([null, null, 431], refusals.Select(refusal => refusal?.Code));
        var ids = (await bob.Node.ListWatching()).Select(watched => watched.Id).ToList();
        Assert.Equal(SharedSilo.Options.MaxSubscriptions, ids.Count);
        Assert.Contains("one", ids);
        Assert.DoesNotContain("more", ids);
    }

    private async Task Fill(Person bob, TimeSpan life)
    {
        for (var i = 0; i < SharedSilo.Options.MaxSubscriptions; i++)
            Assert.Null(await bob.Node.RememberWatching(Watched($"w{i}", life)));
    }

    private WatchedNode Watched(string id, TimeSpan life) =>
        new(id, PresenceSilo.FreshAddress(), default, Silo.Now + life);
}
