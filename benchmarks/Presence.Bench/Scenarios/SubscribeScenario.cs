using Presence.Bench.Links;

namespace Presence.Bench.Scenarios;

/// <summary>
/// Durable subscriptions that are asked for, shown to the owner, approved by him, and told to the watcher with the first
/// value. Each watcher asks one owner after the other, all of them or for as long as --seconds says.
/// </summary>
internal sealed class SubscribeScenario : IScenario
{
    private readonly BenchRun _run;
    private readonly int _owners;
    private readonly int _watchers;
    private readonly Turns _turns;
    private long[] _askedAt = [];
    private bool[] _requested = [];
    private bool[] _granted = [];
    private ILink[] _links = [];

    public SubscribeScenario(BenchRun run)
    {
        _run = run;
        _owners = run.Option("owners", 50);
        _watchers = run.Option("watchers", 20);
        _turns = new Turns(run, _watchers, _owners, copies: 2, most: _owners);
    }

    public int Users => _owners + _watchers;

    public string Unit => "subscriptions";

    public string Sizes => $"{_watchers} watchers x {_turns.Sizes("owners")}";

    public async Task Run()
    {
        _askedAt = new long[_watchers];
        _requested = new bool[_owners * _watchers];
        _granted = new bool[_owners * _watchers];
        await _run.Open(0, _owners, TakeRequest);
        _links = await _run.Open(_owners, _watchers, TakeGrant);
        await _turns.Run(Next);
        await _run.Flush();
    }

    // Each begins with another owner, so that they do not all stand in one queue.
    private void Next(int watcher)
    {
        if (_turns.Next(watcher) is not { } turn)
            return;
        var owner = (turn - 1 + watcher) % _owners;
        _askedAt[watcher] = TimeProvider.System.GetTimestamp();
        _links[watcher].Ask(owner);
    }

    private void TakeRequest(ILink link, Happening happening)
    {
        if (happening.Kind != HappeningKind.Asked)
            _run.Tally.Mistake();
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
            _run.Tally.Mistake();
            return;
        }

        if (!Mark(_granted, happening.User, link.Index))
            return;
        _run.Latency.AddSince(_askedAt[link.Index]);
        Next(link.Index);
    }

    /// <summary>True the first time.</summary>
    private bool Mark(bool[] seen, int owner, int watcher)
    {
        if (owner < 0 || owner >= _owners || watcher < 0 || watcher >= _watchers)
        {
            _run.Tally.Mistake();
            return false;
        }

        var at = (owner * _watchers) + watcher;
        if (seen[at])
        {
            _run.Tally.Double();
            return false;
        }

        seen[at] = true;
        _run.Tally.Deliver();
        return true;
    }
}
