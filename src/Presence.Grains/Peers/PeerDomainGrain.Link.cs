using Presence.Contracts;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Model.Replies;

namespace Presence.Grains.Peers;

/// <content>Which gateway holds the link, and how it stands.</content>
internal sealed partial class PeerDomainGrain
{
    /// <summary>A gateway that says nothing for so long holds the link no more; it reports four times as often.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    /// <summary>502: the other side was found and is of no use; 504 may be better the next time.</summary>
    private const int NotSoon = 502;

    private PeerGateway? _holder;
    private DateTimeOffset _leaseEnds;
    private Task? _seeking;
    private LinkReport? _report;
    private DateTimeOffset? _downSince;

    public Task Tell(RouteBatch batch) => _holder?.Reference.Tell(_pair, batch) ?? Task.CompletedTask;

    public async Task TellMember(MemberNotice notice, Address to)
    {
        if (_holder is null)
            await Seek(null);
        if (_holder is { } holder)
            await holder.Reference.TellMember(_pair, notice, to);
    }

    public async Task<bool> Report(string gateway, IPeerGateway reference, LinkReport report)
    {
        var former = _holder;
        if (former?.Name != gateway)
        {
            // The newest connection that works is the link: whoever has it knows that the other side is there.
            if (former is not null && report.Condition != LinkCondition.Up)
                return false;
            _holder = new PeerGateway(gateway, reference);
            if (former is not null)
                await former.Reference.Release(_pair);
            await HandAll();
        }

        _leaseEnds = _clock.Now + Lease;
        _alarm.WakeBy(_leaseEnds);
        var before = _report;
        _report = report;
        await Follow(before, report);
        return true;
    }

    /// <summary>Hands it to the gateway that holds the link; if none does, one is found, and is handed all that waits.</summary>
    private async Task Hand(WaitingRequest waiting)
    {
        _alarm.WakeBy(waiting.Request.Expires);
        if (_holder is { } holder)
            await holder.Reference.Ask(_pair, waiting.Number, waiting.Request);
        else
            await Seek(null);
    }

    private async Task HandAll()
    {
        foreach (var waiting in _queue.All.ToList())
        {
            if (_holder is { } holder)
                await holder.Reference.Ask(_pair, waiting.Number, waiting.Request);
        }
    }

    /// <summary>One search at a time; whoever needs the link meanwhile waits for the same one.</summary>
    private async Task Seek(string? except)
    {
        try
        {
            await (_seeking ??= Find(except));
        }
        finally
        {
            _seeking = null;
        }
    }

    private async Task Find(string? except)
    {
        if (await GrainFactory.GetPeerGateways().Pick(except) is not { } gateway || _holder is not null)
            return;
        _holder = gateway;
        _leaseEnds = _clock.Now + Lease;
        _alarm.WakeBy(_leaseEnds);
        await gateway.Reference.Open(_pair);
        await HandAll();
    }

    /// <summary>Another gateway takes over when the lease of one has lapsed, as long as anybody wants the link.</summary>
    private async Task ReviewLink()
    {
        if (_holder is { } holder && _leaseEnds <= _clock.Now)
        {
            _holder = null;
            _downSince ??= _clock.Now;
            _report = null;
            await holder.Reference.Release(_pair);
            if (IsWanted)
                await Seek(holder.Name);
        }

        if (_holder is null && IsWanted)
        {
            await Seek(null);
            _alarm.WakeBy(_clock.Now + Lease);
        }
        else if (_holder is not null)
        {
            _alarm.WakeBy(_leaseEnds);
        }
    }

    /// <summary>What was taken over in it is known to the other domain; null while the link is down.</summary>
    private long? SessionThatStands => _report is { Condition: LinkCondition.Up, Session: var session } ? session : null;

    /// <summary>Another session may mean another process, which knows nothing of what the former one has taken over.</summary>
    private async Task SendAgain(long session)
    {
        foreach (var request in _unconfirmed.TakeOthers(session))
        {
            if (request.Expires > _clock.Now && await Post(request))
                continue;
            await TellFailed(request.Owed!, Timeout.Code);
        }
    }

    private bool IsWanted => !_queue.IsEmpty || _record.State.Mirrors.Count > 0;

    /// <summary>Somebody who cannot be believed, or wants nothing, will not be another one within seconds: nobody waits for that.</summary>
    private async Task TellWaiting(Refusal why)
    {
        foreach (var waiting in _queue.All.Where(waiting => waiting is { IsLeft: false, Request.Owed: null }).ToList())
        {
            await GiveUp(waiting);
            waiting.Answer.TrySetResult(Saved(why));
        }
    }

    /// <summary>Draws the consequences of a change.</summary>
    private async Task Follow(LinkReport? before, LinkReport now)
    {
        if (now.Condition != LinkCondition.Up)
        {
            _downSince ??= _clock.Now;
            _alarm.WakeBy(_downSince + _options.StaleAfter);
            if (now.Why is { Code: NotSoon } why)
                await TellWaiting(why);
            return;
        }

        _downSince = null;
        await SendAgain(now.Session);
        if (before?.Session != now.Session || _syncedSession != now.Session)
            PlanSync(now.Session);
        else
            await Refresh();
    }
}
