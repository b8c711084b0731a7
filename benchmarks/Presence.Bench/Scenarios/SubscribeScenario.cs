using System.Buffers.Text;
using Presence.Bench.Wire;

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
    private PipLink[] _links = [];

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
        run.Begin();
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
        _links[watcher].Post("SUB", $"{run.Address(owner)}/status id=p{owner} expires=3600");
    }

    private void TakeRequest(PipLink link, WireLine line)
    {
        var who = line.Param(" who="u8);
        if (!line.Head.SequenceEqual("WATCHER"u8) || !line.Param(" state="u8).SequenceEqual("pending"u8)
            || !who.StartsWith("bench"u8) || !Utf8Parser.TryParse(who[5..], out int user, out _))
        {
            run.Tally.Mistake();
            return;
        }

        if (Mark(_requested, link.Index, user - _owners))
            link.Post("APPROVE", $"~ who={run.Address(user)}");
    }

    private void TakeGrant(PipLink link, WireLine line)
    {
        var owner = WireLine.Index(line.Param(" id="u8));
        if (!line.Param(" state="u8).SequenceEqual("active"u8) || !line.Param(" val="u8).SequenceEqual("online"u8))
        {
            run.Tally.Mistake();
            return;
        }

        if (!Mark(_granted, owner, link.Index))
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
