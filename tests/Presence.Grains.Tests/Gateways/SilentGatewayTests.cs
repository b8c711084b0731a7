using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Tests.Hosting;

namespace Presence.Grains.Tests.Gateways;

/// <summary>A silo that looks for lost gateways, on the system's clock, as a silo of a cluster does.</summary>
public sealed class SilentGatewayTests
{
    [Fact]
    public async Task A_gateway_that_does_not_renew_its_lease_is_found_and_its_messages_go_to_another()
    {
        await using var silo = await PresenceSilo.Start(storage =>
        {
            storage.AddMemoryGrainStorage(PresenceGrainsExtensions.StorageName);
            storage.AddGatewaySweep();
        });
        await using var silent = await silo.NewGateway();
        await using var other = await silo.NewGateway();
        var (alice, bob) = (await silo.NewPerson(), await silo.NewPerson());
        await bob.Approve(alice);
        await Bind(bob, "desk", silent.Route, silent);
        Assert.Null(await alice.Send(bob));

        // Without a route: of this one no lease is asked for.
        var phone = await Bind(bob, "phone", "", other);

        await other.Notices.First(told => told.Session == phone && told.Notice is MessageNotice { Message.Id: "m1" });
        Assert.Null(await bob.Get("ep/desk/status"));
    }

    private static async Task<string> Bind(Person person, string endpoint, string route, Gateway gateway)
    {
        var session = Person.FreshSession();
        var answer = await person.Node.Bind(
            new EndpointBinding(endpoint, session, 0, "online", false, gateway.Inbox, Route: route));
        Assert.Null(answer.Refusal);
        return session;
    }
}
