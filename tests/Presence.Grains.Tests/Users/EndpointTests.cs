using Presence.Contracts.Users;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Properties;

namespace Presence.Grains.Tests.Users;

public sealed class EndpointTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    public async Task Binding_shows_the_endpoint_and_the_user()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await NewFriend(bob, gateway);

        await bob.Bind(gateway, show: "busy");

        Assert.Equal("busy", await bob.Get("ep/desk/status"));
        Assert.Equal("busy", await bob.Get("status"));
        var told = await gateway.Change(bob.Address, StandardPaths.Status, "busy");
        Assert.Equal(Silo.Now, told.At);
    }

    [Fact]
    public async Task An_endpoint_bound_without_a_status_is_offline_until_it_shows_itself()
    {
        var bob = await NewPerson();
        await bob.Bind(await NewGateway(), show: null);
        Assert.Equal("offline", await bob.Get("status"));

        await bob.Set("ep/desk/status", "away");

        Assert.Equal("away", await bob.Get("status"));
    }

    [Fact]
    [Trait("Conformance", "SES-12")]
    public async Task Unbinding_makes_the_user_offline_and_tells_a_watchers_route_once()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await NewFriend(bob, gateway);
        var session = await bob.Bind(gateway);
        PassPublishInterval();

        await bob.Node.Unbind("desk", session);

        Assert.Equal("offline", await bob.Get("status"));
        Assert.Null(await bob.Get("ep/desk/status"));
        await Settle(bob, gateway);
        Assert.Equal(["online", "offline"], StatusChanges(gateway));
    }

    [Fact]
    [Trait("Conformance", "SES-11")]
    public async Task A_second_endpoint_of_the_same_name_conflicts()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await bob.Bind(gateway);

        var answer = await bob.Node.Bind(new EndpointBinding("desk", "second", 0, "away", false, gateway.Inbox));

        Assert.Equal(409, answer.Refusal?.Code);
        Assert.Equal("online", await bob.Get("status"));
        Assert.Empty(gateway.Closed.All);
    }

    [Fact]
    [Trait("Conformance", "SES-11")]
    public async Task Taking_over_closes_the_old_session_and_nobody_sees_the_user_leave()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await NewFriend(bob, gateway);
        var old = await bob.Bind(gateway);
        PassPublishInterval();
        var other = await NewGateway();

        var answer = await bob.Node.Bind(new EndpointBinding("desk", "newer", 0, "away", true, other.Inbox));

        Assert.Null(answer.Refusal);
        Assert.Equal([(old, "replaced")], gateway.Closed.All);
        Assert.Equal("away", await bob.Get("status"));
        await Settle(bob, gateway);
        Assert.Equal(["online", "away"], StatusChanges(gateway));
    }

    [Fact]
    public async Task A_take_over_that_is_refused_leaves_the_old_session_alone()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        await bob.Bind(gateway);

        var answer = await bob.Node.Bind(
            new EndpointBinding("desk", "newer", 0, "not a status", true, gateway.Inbox));

        Assert.Equal(400, answer.Refusal?.Code);
        Assert.Empty(gateway.Closed.All);
        Assert.Equal("online", await bob.Get("status"));
    }

    [Fact]
    public async Task A_session_that_was_replaced_cannot_unbind_its_successor()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        var old = await bob.Bind(gateway);
        await bob.Node.Bind(new EndpointBinding("desk", "newer", 0, "away", true, gateway.Inbox));

        await bob.Node.Unbind("desk", old);

        Assert.Equal("away", await bob.Get("status"));
    }

    [Fact]
    public async Task One_endpoint_too_many_is_refused()
    {
        var bob = await NewPerson();
        var gateway = await NewGateway();
        for (var i = 0; i < new GrainOptions().MaxEndpoints; i++)
            await bob.Bind(gateway, $"e{i}");

        var answer = await bob.Node.Bind(new EndpointBinding("more", "more", 0, "online", false, gateway.Inbox));

        Assert.Equal(431, answer.Refusal?.Code);
    }

    [Fact]
    public async Task Nobody_binds_to_an_address_without_a_node()
    {
        var nobody = Silo.Nobody();
        var gateway = await NewGateway();

        var answer = await nobody.Node.Bind(new EndpointBinding("desk", "s", 0, "online", false, gateway.Inbox));

        Assert.Equal(404, answer.Refusal?.Code);
    }

    private static IEnumerable<string?> StatusChanges(Gateway gateway) =>
        gateway.Changes.Where(c => c.Path == StandardPaths.Status).Select(c => c.Now?.Value.Text);
}
