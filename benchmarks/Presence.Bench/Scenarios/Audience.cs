using Presence.Bench.Load;
using Presence.Bench.Wire;

namespace Presence.Bench.Scenarios;

/// <summary>
/// Presentities and their watchers, subscribed and approved: every watcher watches every presentity. Each change carries
/// its number as the status word, so a copy that is lost, doubled or out of order shows at its watcher.
/// </summary>
internal sealed class Audience(BenchRun run, int presentities, int watchers)
{
    private readonly int[] _last = new int[presentities * watchers];
    private readonly long[] _saidAt = new long[presentities];
    private readonly int[] _left = new int[presentities];
    private readonly Tally _snapshots = new(run.Tally.Patience);
    private PipLink[] _presentities = [];

    public int Users => presentities + watchers;

    /// <summary>Told when all watchers have the latest change of a presentity.</summary>
    public Action<int>? Complete { get; set; }

    /// <summary>Timestamp before which changes are counted but not timed: a server compiles what it first runs.</summary>
    public long MeasuresFrom { get; set; }

    /// <exception cref="BenchException">The server does not let it stand.</exception>
    public async Task Gather()
    {
        run.Say($"{Users} users log in");
        _presentities = await run.Open(0, presentities);
        var links = await run.Open(presentities, watchers, Take);
        run.Say($"{presentities * watchers} subscriptions");
        await Task.WhenAll(_presentities.Select(async owner =>
        {
            for (var watcher = 0; watcher < watchers; watcher++)
                await owner.Require("APPROVE", $"~ who={run.Address(presentities + watcher)}");
        }));
        _snapshots.Expect(presentities * watchers);
        await Task.WhenAll(links.Select(async link =>
        {
            for (var owner = 0; owner < presentities; owner++)
                await link.Require("SUB", $"{run.Address(owner)}/status id=p{owner} scope=session");
        }));
        await _snapshots.Finish(tally => run.Say($"{tally.Delivered} of {tally.Expected} first values"));
        if (!_snapshots.IsClean)
            throw new BenchException($"{_snapshots.Lost} first values are lost, {_snapshots.Doubled} came twice.");
    }

    /// <param name="number">Counts from 1 for each presentity.</param>
    /// <param name="at">When it was due, for the latency.</param>
    public void Change(int presentity, int number, long at)
    {
        _saidAt[presentity] = at;
        Volatile.Write(ref _left[presentity], watchers);
        _presentities[presentity].Post("SET", $"~/ep/{Login.Endpoint}/status val=c{number}");
    }

    /// <summary>Counts watchers whose last value is not the last change as wrong.</summary>
    public void CheckFinal(int changes)
    {
        foreach (var last in _last)
        {
            if (last != changes)
                run.Tally.Mistake();
        }
    }

    private void Take(PipLink link, WireLine line)
    {
        var presentity = WireLine.Index(line.Param(" id="u8));
        var value = line.Param(" val="u8);
        if (presentity < 0 || presentity >= presentities || !line.Head.SequenceEqual("NOTIFY"u8))
        {
            run.Tally.Mistake();
            return;
        }

        if (value.SequenceEqual("online"u8))
        {
            _snapshots.Deliver();
            return;
        }

        ref var last = ref _last[(link.Index * presentities) + presentity];
        var before = last;
        run.Tally.DeliverNext(ref last, WireLine.Index(value));
        if (last == before)
            return;
        var saidAt = _saidAt[presentity];
        if (saidAt >= MeasuresFrom)
            run.Latency.AddSince(saidAt);
        if (Interlocked.Decrement(ref _left[presentity]) == 0)
            Complete?.Invoke(presentity);
    }
}
