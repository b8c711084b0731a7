using Presence.Bench.Links;

namespace Presence.Bench.Scenarios;

/// <summary>
/// Durable subscriptions that are asked for, shown to the owner, approved by him, and told to the watcher with the first
/// value. Each watcher asks one owner after the other.
/// </summary>
internal sealed class SubscribeScenario(BenchRun run) : IScenario
{
    private readonly int _owners = run.Option("owners", 50);
    private readonly int _watchers = run.Option("watchers", 20);
    private int[] _asked = [];
    private long[] _askedAt = [];
    private bool[] _requested = [];
    private bool[] _granted = [];
    private ILink[] _links = [];

    public int Users => _owners + _watchers;

    public string Unit => "subscriptions";

    public string Sizes => $"{_watchers} watchers x {_owners} owners";

    public async Task Run()
    {
        _asked = new int[_watchers];
        _askedAt = new long[_watchers];
        _requested = new bool[_owners * _watchers];
        _granted = new bool[_owners * _watchers];
        await run.Open(0, _owners, TakeRequest);
        _links = await run.Open(_owners, _watchers, TakeGrant);
        run.Tally.Expect(2L * _owners * _watchers);
        run.BeginWarm();
        for (var watcher = 0; watcher < _watchers; watcher++)
            Next(watcher);
        await run.Finish();
        await run.Flush();
    }

    // Each begins with another owner, so that they do not all stand in one queue.
    private void Next(int watcher)
    {
        if (_asked[watcher] == _owners)
            return;
        var owner = (_asked[watcher]++ + watcher) % _owners;
        _askedAt[watcher] = TimeProvider.System.GetTimestamp();
        _links[watcher].Ask(owner);
    }

    private void TakeRequest(ILink link, Happening happening)
    {
        if (happening.Kind != HappeningKind.Asked)
            run.Tally.Mistake();
        else if (Mark(_requested, link.Index, happening.User - _owners))
            link.Grant(happening.User);
    }

    private void TakeGrant(ILink link, Happening happening)
    {
        // Some servers first say of the owner that he is offline, for as long as he has not answered.
        if (happening.Kind == HappeningKind.Gone)
            return;
        if (happening is not { Kind: HappeningKind.Value, Number: 0 })
        {
            run.Tally.Mistake();
            return;
        }

        if (!Mark(_granted, happening.User, link.Index))
            return;
        run.Latency.AddSince(_askedAt[link.Index]);
        Next(link.Index);
    }

    /// <summary>True the first time.</summary>
    private bool Mark(bool[] seen, int owner, int watcher)
    {
        if (owner < 0 || owner >= _owners || watcher < 0 || watcher >= _watchers)
        {
            run.Tally.Mistake();
            return false;
        }

        var at = (owner * _watchers) + watcher;
        if (seen[at])
        {
            run.Tally.Double();
            return false;
        }

        seen[at] = true;
        run.Tally.Deliver();
        return true;
    }
}
