using System.Collections.Immutable;
using Presence.Contracts.Subscriptions;
using Presence.Model.Addresses;

namespace Presence.Sessions.Gateways;

/// <summary>
/// Tells nodes that sessions which watched them are over. Who leaves a node while it is told of others goes with the next
/// call: when many lose their connections at once, a node hears of its watchers in few calls and not in two for each
/// (<c>bench storm</c>). May be used from any thread.
/// </summary>
/// <param name="depart">Tells one node of those who have left it on a route.</param>
internal sealed class Departures(Func<Address, ImmutableArray<Departure>, string, Task> depart)
{
    private readonly Lock _lock = new();

    /// <summary>The last call for each node that is being told.</summary>
    private readonly Dictionary<Address, Call> _byNode = [];

    /// <summary>Complete when the node knows; fails as the call does.</summary>
    /// <param name="node">What was watched.</param>
    /// <param name="departure">Who leaves it.</param>
    /// <param name="route">Of this gateway.</param>
    public Task Tell(Address node, Departure departure, string route)
    {
        Call? before;
        Call call;
        lock (_lock)
        {
            if (_byNode.TryGetValue(node, out before) && !before.HasBegun)
            {
                before.Gone.Add(departure);
                return before.Told.Task;
            }

            _byNode[node] = call = new Call { Gone = { departure }, HasBegun = before is null };
        }

        // It never throws: what it meets is told to those who await the call.
        _ = Make(node, call, route, before?.Told.Task ?? Task.CompletedTask);
        return call.Told.Task;
    }

    /// <summary>
    /// Complete when the node knows of all who have left it, as far as it can be told: who comes back and watches it again
    /// must not be taken for who has left.
    /// </summary>
    public async Task Known(Address node)
    {
        Task told;
        lock (_lock)
            told = _byNode.GetValueOrDefault(node)?.Told.Task ?? Task.CompletedTask;
        await told.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Make(Address node, Call call, string route, Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
            call.HasBegun = true;
        try
        {
            await depart(node, [.. call.Gone], route);
            End(node, call);
            call.Told.SetResult();
        }
        catch (Exception exception)
        {
            // The edge: who waits for the call hears of it.
            End(node, call);
            call.Told.SetException(exception);
        }
    }

    private void End(Address node, Call call)
    {
        lock (_lock)
        {
            if (_byNode.GetValueOrDefault(node) == call)
                _byNode.Remove(node);
        }
    }

    private sealed class Call
    {
        public List<Departure> Gone { get; } = [];

        /// <summary>True once nobody else can be told of with it.</summary>
        public bool HasBegun { get; set; }

        public TaskCompletionSource Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
