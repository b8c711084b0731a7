using Presence.Soak.Histories;

namespace Presence.Soak.Checking;

/// <summary>
/// How one user can have stood with an owner at each moment. A decision takes effect at some instant between request and
/// answer; one without an answer at any later instant, or never. So a moment has a set of standings: what all of them say is
/// certain.
/// </summary>
internal sealed class Timeline
{
    /// <summary>Decisions whose outcome is open at the same time; more are not told apart.</summary>
    private const int MostOpen = 60;

    private static readonly Standing Stranger = new(Granted: false, Open: false, Block.None);
    private readonly List<(long From, HashSet<Standing> Possible)> _steps = [(long.MinValue, [Stranger])];

    public Timeline(History owner, string peer)
    {
        HashSet<(Standing At, ulong Done)> worlds = [(Stranger, 0UL)];
        var open = new Decision?[MostOpen];
        Dictionary<Call, int> slots = new(ReferenceEqualityComparer.Instance);
        foreach (var (at, call, decision, isEnd) in Edges(owner, peer))
        {
            var slot = isEnd ? slots[call] : Array.IndexOf(open, null);
            if (slot < 0)
                throw new SoakException($"{owner.Owner} left too many decisions about {peer} open.");
            if (isEnd)
            {
                worlds = Close(worlds, slot, call.Reply!.IsDone);
                open[slot] = null;
            }
            else
            {
                slots[call] = slot;
                open[slot] = decision;
                worlds = Spread(worlds, open);
            }

            _steps.Add((at, [.. worlds.Select(world => world.At)]));
        }
    }

    /// <summary>Every standing that is possible at some instant from the one to the other, both included.</summary>
    public HashSet<Standing> Possible(long from, long to)
    {
        HashSet<Standing> found = [];
        for (var i = 0; i < _steps.Count; i++)
        {
            var until = i + 1 < _steps.Count ? _steps[i + 1].From : long.MaxValue;
            if (_steps[i].From <= to && until >= from)
                found.UnionWith(_steps[i].Possible);
        }

        return found;
    }

    public bool IsCertain(long from, long to, Func<Standing, bool> what) => Possible(from, to).All(what);

    // A server in trouble, which answers 503, may have carried it out or do so yet.
    private static IEnumerable<(long At, Call Call, Decision Decision, bool IsEnd)> Edges(History owner, string peer) => owner.Calls
        .SelectMany(call => Decisions.About(peer, call) is not { } decision
            ? []
            : call.Reply is { Code: not 503 } reply
                ? [(call.Asked, call, decision, false), (reply.At, call, decision, true)]
                : ((long, Call, Decision, bool)[])[(call.Asked, call, decision, false)])
        .OrderBy(edge => edge.Item1).ThenBy(edge => edge.Item4);

    /// <summary>Any of the open decisions may have been carried out, in any order.</summary>
    private static HashSet<(Standing, ulong)> Spread(HashSet<(Standing At, ulong Done)> worlds, Decision?[] open)
    {
        HashSet<(Standing At, ulong Done)> all = [.. worlds];
        var next = new Queue<(Standing At, ulong Done)>(worlds);
        while (next.TryDequeue(out var world))
        {
            for (var slot = 0; slot < open.Length; slot++)
            {
                if (open[slot] is not { } decision || (world.Done & (1UL << slot)) != 0)
                    continue;
                foreach (var standing in Decisions.Apply(decision, world.At))
                {
                    if (all.Add((standing, world.Done | (1UL << slot))))
                        next.Enqueue((standing, world.Done | (1UL << slot)));
                }
            }
        }

        return all;
    }

    private static HashSet<(Standing, ulong)> Close(HashSet<(Standing At, ulong Done)> worlds, int slot, bool isDone) =>
        [.. worlds.Where(world => (world.Done & (1UL << slot)) != 0 == isDone).Select(world => (world.At, world.Done & ~(1UL << slot)))];
}
