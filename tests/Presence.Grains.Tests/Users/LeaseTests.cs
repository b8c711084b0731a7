using Presence.Grains.Tests.Hosting;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Grains.Tests.Users;

public sealed class LeaseTests(SharedSilo shared) : PresenceTest(shared)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    [Trait("Conformance", "PRP-05")]
    public async Task A_lease_that_ends_tells_the_default_once()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await NewFriend(bob, gateway);
        await bob.Set("status", "busy", Minute, fallback: "away");

        Pass(Minute);

        var told = await gateway.Change(bob.Address, StandardPaths.Status, "away");
        Assert.Equal("lease", told.Why);
        await Settle(bob, gateway);
        Assert.Single(gateway.Changes, c => c.Now?.Value.Text == "away");
        Assert.Equal("away", await bob.Get("status"));
    }

    [Fact]
    [Trait("Conformance", "PRP-05")]
    public async Task Without_a_default_the_property_disappears()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await NewFriend(bob, gateway);
        await bob.Set("mood", "merry", Minute);

        Pass(Minute);

        await gateway.Change(bob.Address, PropertyPath.Parse("mood"), null);
        Assert.Equal(404, (await bob.Read("mood")).Refusal?.Code);
    }

    [Fact]
    [Trait("Conformance", "PRP-06")]
    public async Task Refreshing_a_lease_with_an_equal_value_is_no_news_and_lengthens_it()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await NewFriend(bob, gateway);
        await bob.Set("note", "lunch", Minute);
        Pass(Minute / 2);

        await bob.Set("note", "lunch", Minute);
        Pass(Minute / 2);

        await Settle(bob, gateway);
        Assert.Equal("lunch", await bob.Get("note"));
        Assert.Single(gateway.Changes, c => c.Path == StandardPaths.Note);
    }

    [Fact]
    public async Task A_default_is_stored_once_it_is_the_value()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await NewFriend(bob, gateway);
        await bob.Set("note", "lunch", Minute, fallback: "back");
        Pass(Minute);
        await gateway.Change(bob.Address, StandardPaths.Note, "back");

        await Silo.Deactivate(bob.Node);

        Assert.Equal("back", await bob.Get("note"));
    }

    [Fact]
    [Trait("Conformance", "PRP-05")]
    public async Task A_lease_keeps_the_activation_so_that_its_end_is_told_without_any_session()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await NewFriend(bob, gateway);
        await bob.Set("note", "lunch", Minute);
        await Silo.CollectIdle();

        Pass(Minute);

        await gateway.Change(bob.Address, StandardPaths.Note, null);
    }

    [Fact]
    public async Task After_the_last_lease_the_activation_may_go()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await NewFriend(bob, gateway);
        await bob.Set("note", "lunch", Minute);
        Pass(Minute);
        await gateway.Change(bob.Address, StandardPaths.Note, null);

        await Silo.CollectIdle();

        Assert.Null(Silo.ActivationOf(bob.Node));
    }
}
