using Presence.Model.Properties;

namespace Presence.Grains.Tests.Hosting;

/// <summary>What tests of the shared silo have in common: gateways that close with the test, and the clock.</summary>
public abstract class PresenceTest : IAsyncDisposable
{
    private readonly List<Gateway> _gateways = [];

    private protected PresenceTest(SharedSilo shared) => Silo = shared.Silo;

    private protected PresenceSilo Silo { get; }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var gateway in _gateways)
            await gateway.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task<Gateway> NewGateway()
    {
        var gateway = await Silo.NewGateway();
        _gateways.Add(gateway);
        return gateway;
    }

    private protected Task<Person> NewPerson() => Silo.NewPerson();

    /// <summary>Lets presence time pass; what it rings is under way, not done.</summary>
    private protected void Pass(TimeSpan time) => Silo.Clock.Advance(time);

    /// <summary>Long enough for a held publication to go out.</summary>
    private protected void PassPublishInterval() => Pass(TimeSpan.FromMilliseconds(100));

    /// <summary>
    /// Publishes a change of this node and waits until the gateway has it: a stream keeps order, so all that was
    /// published before has come too.
    /// </summary>
    private protected async Task Settle(Person node, Gateway gateway)
    {
        PassPublishInterval();
        var mark = Person.FreshSession();
        await node.Set("mood", mark);
        PassPublishInterval();
        await gateway.Change(node.Address, StandardPaths.Status.Parent.Append("mood"), mark);
    }

    /// <summary>Somebody whom the owner approved and who watches.</summary>
    private protected async Task<Person> NewFriend(Person owner, Gateway gateway)
    {
        var friend = await NewPerson();
        await owner.Approve(friend);
        var answer = await friend.Watch(owner, gateway);
        Assert.Equal(Model.Subscriptions.SubscriptionState.Active, answer.State);
        return friend;
    }
}
