using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Addresses;

namespace Presence.Grains.Tests.Users;

/// <summary>What administrators lay down for a domain; a domain of its own, for it concerns all who are at home there.</summary>
public sealed class DomainPolicyTests(SharedSilo shared) : PresenceTest(shared)
{
    private static readonly PropertyPath Ceiling = PropertyPath.Parse("policy/ceiling");

    [Fact]
    public async Task It_holds_for_nodes_that_are_made_later_and_for_none_of_another_domain()
    {
        var warden = Address.Parse("warden@bounded.example");
        Assert.Equal(403, (await SetCeiling(Address.Parse("other@bounded.example"))).Refusal?.Code);
        Assert.Equal(403, (await SetCeiling(Address.Parse("warden@a.example"))).Refusal?.Code);
        Assert.Null((await SetCeiling(warden)).Refusal);

        var (bounded, free) = (Silo.Nobody("bounded.example"), await NewPerson());
        await bounded.Node.Create();
        var stranger = Silo.Nobody("b.example");
        await bounded.Approve(stranger);
        await free.Approve(stranger);

        Assert.Equal(403, (await bounded.Read("status", stranger)).Refusal?.Code);
        Assert.Equal("offline", await free.Get("status", stranger));
    }

    private Task<WriteAnswer> SetCeiling(Address asker) =>
        Silo.Client.GetDomainPolicy(Domain.Parse("bounded.example")).SetAccess(new AccessListRequest(
            asker, Ceiling, null, [new AccessLine("deny", "*@b.example", "all", null)]));
}
