using Presence.Contracts.Users;
using Presence.Grains.Tests.Hosting;

namespace Presence.Grains.Tests.Users;

/// <summary>What is known of a user is told whole, and who was erased leaves no trace that is not another's own.</summary>
public sealed class ExportTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    public async Task Everything_that_a_user_grain_keeps_is_exported()
    {
        var bob = await NewPerson();
        var (alice, carol) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        await bob.Set("name", "Bob");
        await bob.Bind(gateway);
        await bob.Approve(alice);
        await alice.Watch(bob, gateway);
        await bob.Deny(carol, isExplicit: true);
        await bob.Node.Block(new BlockRequest(bob.Address, carol.Address.ToString(), IsExplicit: true, Model.Access.Rights.All));
        await bob.Node.RememberWatching(new("w1", alice.Address, default, Silo.Now + TimeSpan.FromHours(1)));

        var items = await bob.Node.Export();

        Assert.Contains(items, item => item is { What: "property", Name: "name", Value: "Bob" });
        Assert.Contains(items, item => item is { What: "property", Name: "ep/desk/status", Value: "online" });
        Assert.Contains(items, item => item is { What: "session", Name: "desk" });
        Assert.Contains(items, item => item.What == "approval" && item.Name == alice.Address.ToString());
        Assert.Contains(items, item => item.What == "block" && item.Name == carol.Address.ToString());
        Assert.Contains(items, item => item.What == "watcher" && item.Name == alice.Address.ToString());
        Assert.Contains(items, item => item.What == "watches" && item.Name == $"{alice.Address}/");
        Assert.Equal(
            new[] { alice.Address, carol.Address }.Order(),
            items.Select(item => item.Person).OfType<Presence.Model.Addresses.Address>().Distinct().Order());
    }

    [Fact]
    public async Task Of_who_was_erased_another_keeps_neither_his_questions_nor_his_messages()
    {
        var (bob, alice) = (await NewPerson(), await NewPerson());
        var gateway = await NewGateway();
        await bob.Bind(gateway);
        await bob.Read("status", alice);
        await alice.Send(bob, "m1");
        await alice.Send(bob, "m2");
        await alice.Watch(bob, gateway);
        var before = (await bob.Node.Export()).Where(item => item.Name == alice.Address.ToString()).Select(item => item.What);
        Assert.Equal(["message", "query", "watcher"], before.Order(StringComparer.Ordinal));

        await bob.Node.ForgetPerson(alice.Address);

        Assert.DoesNotContain(await bob.Node.Export(), item => item.Name == alice.Address.ToString());
        await Silo.Deactivate(bob.Node);
        Assert.DoesNotContain(await bob.Node.Export(), item => item.Name == alice.Address.ToString());
    }

    [Fact]
    public async Task An_address_that_nobody_holds_has_nothing_to_export() =>
        Assert.Empty(await Silo.Nobody().Node.Export());
}
