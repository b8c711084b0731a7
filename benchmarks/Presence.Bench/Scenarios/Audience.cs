using Presence.Bench.Links;
using Presence.Bench.Load;

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
    private ILink[] _presentities = [];
    private ILink[] _watchers = [];

    public int Users => presentities + watchers;

    /// <summary>Who watches whom.</summary>
    public IEnumerable<Contact> Contacts =>
        from presentity in Enumerable.Range(0, presentities)
        from watcher in Enumerable.Range(presentities, watchers)
        select new Contact(presentity, watcher);

    /// <summary>Told when all watchers have the latest change of a presentity.</summary>
    public Action<int>? Complete { get; set; }

    /// <summary>Timestamp before which changes are counted but not timed: a server compiles what it first runs.</summary>
    public long MeasuresFrom { get; set; }

    /// <exception cref="BenchException">The server does not let it stand.</exception>
    public async Task Gather()
    {
        run.Say($"{Users} users log in");
        _presentities = await run.Open(0, presentities);
        _watchers = await run.Open(presentities, watchers, Take);
        run.Say($"{presentities * watchers} subscriptions");
        await Task.WhenAll(_presentities.Select(async owner =>
        {
            for (var watcher = 0; watcher < watchers; watcher++)
                await owner.Allow(presentities + watcher);
        }));
        _snapshots.Expect(presentities * watchers);
        await Task.WhenAll(_watchers.Select(async link =>
        {
            for (var owner = 0; owner < presentities; owner++)
                await link.Watch(owner);
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
        _presentities[presentity].Say(number);
    }

    /// <summary>Watchers acknowledge from here on when <see cref="Acknowledge"/> is called.</summary>
    public void HoldAcknowledgements()
    {
        foreach (var watcher in _watchers)
            watcher.HoldAcknowledgements();
    }

    public void Acknowledge()
    {
        foreach (var watcher in _watchers)
            watcher.Acknowledge();
    }

    /// <summary>Counts watchers whose last value is not the last change as wrong.</summary>
    /// <param name="said">How many changes of each presentity there were.</param>
    public void CheckFinal(IReadOnlyList<int> said)
    {
        for (var at = 0; at < _last.Length; at++)
        {
            if (_last[at] != said[at % presentities])
                run.Tally.Mistake();
        }
    }

    private void Take(ILink link, Happening happening)
    {
        var (kind, presentity, number) = happening;
        if (kind != HappeningKind.Value || presentity >= presentities)
        {
            run.Tally.Mistake();
            return;
        }

        if (number == 0)
        {
            _snapshots.Deliver();
            return;
        }

        ref var last = ref _last[(link.Index * presentities) + presentity];
        var before = last;
        run.Tally.DeliverNext(ref last, number);
        if (last == before)
            return;
        var saidAt = _saidAt[presentity];
        if (saidAt >= MeasuresFrom)
            run.Latency.AddSince(saidAt);
        if (Interlocked.Decrement(ref _left[presentity]) == 0)
            Complete?.Invoke(presentity);
    }
}
