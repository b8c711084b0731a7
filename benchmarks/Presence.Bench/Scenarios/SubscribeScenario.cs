using Presence.Bench.Links;

namespace Presence.Bench.Scenarios;

/// <summary>
/// Durable subscriptions that are asked for, shown to the owner, approved by him, and told to the watcher with the first
/// value. Each watcher asks one owner after the other. One more has asked them all before: what a server does for the first time is
/// slow for reasons of its own (a node compiles it), and is not what is measured.
/// </summary>
internal sealed class SubscribeScenario(BenchRun run) : IScenario
{
    private readonly int _owners = run.Option("owners", 50);
    private readonly int _watchers = run.Option("watchers", 20);
    private readonly TaskCompletionSource _isWarm = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int[] _asked = [];
    private long[] _askedAt = [];
    private bool[] _requested = [];
    private bool[] _granted = [];
    private ILink[] _links = [];
    private int _warming;

    public int Users => _owners + _watchers + 1;

    /// <summary>The one who asks first, and is not counted.</summary>
    private int First => _watchers;

    public string Unit => "subscriptions";

    public string Sizes => $"{_watchers} watchers x {_owners} owners";

    public async Task Run()
    {
        _asked = new int[_watchers + 1];
        _askedAt = new long[_watchers + 1];
        _requested = new bool[_owners * (_watchers + 1)];
        _granted = new bool[_owners * (_watchers + 1)];
        await run.Open(0, _owners, TakeRequest);
        _links = await run.Open(_owners, _watchers + 1, TakeGrant);
        await WarmUp();
        run.Tally.Expect(2L * _owners * _watchers);
        run.BeginWarm();
        for (var watcher = 0; watcher < _watchers; watcher++)
            Next(watcher);
        await run.Finish();
        await run.Flush();
    }

    private async Task WarmUp()
    {
        Next(First);
        try
        {
            await _isWarm.Task.WaitAsync(run.Tally.Patience * 2, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            run.Tally.Refused("the first watcher has not heard from all owners");
        }
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
        if (link.Index != First)
            run.Latency.AddSince(_askedAt[link.Index]);
        Next(link.Index);
    }

    /// <summary>True the first time.</summary>
    private bool Mark(bool[] seen, int owner, int watcher)
    {
        if (owner < 0 || owner >= _owners || watcher < 0 || watcher > First)
        {
            run.Tally.Mistake();
            return false;
        }

        var at = (owner * (_watchers + 1)) + watcher;
        if (seen[at])
        {
            run.Tally.Double();
            return false;
        }

        seen[at] = true;
        if (watcher != First)
            run.Tally.Deliver();
        else if (Interlocked.Increment(ref _warming) == 2 * _owners)
            _isWarm.TrySetResult();
        return true;
    }
}
