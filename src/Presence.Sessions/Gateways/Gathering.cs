using System.Collections.Immutable;
using Presence.Model.Addresses;

namespace Presence.Sessions.Gateways;

/// <summary>
/// Calls to nodes of which many want something at once. The first who asks lets all go on that are ready to, and what they ask of
/// the same node goes with his call; who asks while the node answers waits and goes with the next. Nobody waits for a timer,
/// and a node that many ask answers in few calls (<c>bench storm</c>). What is asked of one node is asked in the order of <see cref="Join"/>. May be used from any thread.
/// </summary>
/// <param name="call">Asks one node; as many answers, in the same order.</param>
/// <param name="most">How many go with one call: 1 or more.</param>
internal sealed class Gathering<TAsk, TAnswer>(
    Func<Address, ImmutableArray<TAsk>, Task<ImmutableArray<TAnswer>>> call, int most = 256)
{
    private readonly Lock _lock = new();

    /// <summary>The last call for each node that is being asked.</summary>
    private readonly Dictionary<Address, Call> _byNode = [];

    /// <summary>The node's answer to this; fails as the call does.</summary>
    public async Task<TAnswer> Ask(Address node, TAsk ask)
    {
        var (answers, at) = Join(node, ask);
        return (await answers)[at];
    }

    /// <summary>The answers of the call that this goes with, and which of them is its own.</summary>
    public (Task<ImmutableArray<TAnswer>> Answers, int At) Join(Address node, TAsk ask)
    {
        Call? before;
        Call next;
        lock (_lock)
        {
            if (_byNode.TryGetValue(node, out before) && !before.HasBegun && before.Asks.Count < most)
            {
                before.Asks.Add(ask);
                return (before.Answered.Task, before.Asks.Count - 1);
            }

            _byNode[node] = next = new Call { Asks = { ask } };
        }

        // Behind all that is ready to run. It never throws: what it meets is told to those who await the call.
        ThreadPool.UnsafeQueueUserWorkItem(
            call => _ = Make(node, call, before?.Answered.Task), next, preferLocal: false);
        return (next.Answered.Task, 0);
    }

    /// <summary>Complete when all that was asked of the node by now is answered, well or not; never fails.</summary>
    public async Task Settled(Address node)
    {
        Task? answered;
        lock (_lock)
            answered = _byNode.GetValueOrDefault(node)?.Answered.Task;
        if (answered is not null)
            await answered.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Make(Address node, Call next, Task? before)
    {
        if (before is not null)
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
            next.HasBegun = true;
        try
        {
            var answers = await call(node, [.. next.Asks]);
            End(node, next);
            next.Answered.SetResult(answers);
        }
        catch (Exception exception)
        {
            // The edge: who waits for the call hears of it.
            End(node, next);
            next.Answered.SetException(exception);
        }
    }

    private void End(Address node, Call ended)
    {
        lock (_lock)
        {
            if (_byNode.GetValueOrDefault(node) == ended)
                _byNode.Remove(node);
        }
    }

    private sealed class Call
    {
        public List<TAsk> Asks { get; } = [];

        /// <summary>True once nobody else can go with it.</summary>
        public bool HasBegun { get; set; }

        public TaskCompletionSource<ImmutableArray<TAnswer>> Answered { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
