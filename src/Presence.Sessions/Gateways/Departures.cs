using System.Collections.Immutable;
using Presence.Contracts.Subscriptions;
using Presence.Model.Addresses;

namespace Presence.Sessions.Gateways;

/// <summary>
/// Tells nodes that sessions which watched them are over. Who leaves a node while it is told of others goes with the next
/// call: when many lose their connections at once, a node hears of its watchers in few calls and not in two for each
/// (decision 0087). May be used from any thread.
/// </summary>
/// <param name="depart">Tells one node of those who have left it on a route.</param>
internal sealed class Departures(Func<Address, ImmutableArray<Departure>, string, Task> depart)
{
    private readonly Gathering<(Departure Gone, string Route), bool> _calls = new(async (node, leaving) =>
    {
        await depart(node, [.. leaving.Select(one => one.Gone)], leaving[0].Route);
        return [];
    });

    /// <summary>Complete when the node knows; fails as the call does.</summary>
    /// <param name="node">What was watched.</param>
    /// <param name="departure">Who leaves it.</param>
    /// <param name="route">Of this gateway: always the same.</param>
    public Task Tell(Address node, Departure departure, string route) => _calls.Join(node, (departure, route)).Answers;

    /// <summary>
    /// Complete when the node knows of all who have left it, as far as it can be told: who comes back and watches it again
    /// must not be taken for who has left.
    /// </summary>
    public Task Known(Address node) => _calls.Settled(node);
}
