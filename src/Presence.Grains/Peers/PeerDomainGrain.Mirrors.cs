using System.Collections.Immutable;
using System.Security.Cryptography;
using Presence.Contracts;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;

namespace Presence.Grains.Peers;

/// <content>What our users watch there: synchronised on a new link, marked as stale while there is none.</content>
internal sealed partial class PeerDomainGrain
{
    private const int MaxPage = 1000;

    private const int Steps = 1_000_000;

    private static readonly TimeSpan PauseBetweenPages = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Ids between the domains that were given up since what we hold is being gathered.</summary>
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    private long? _syncedSession;
    private long _wantedSession;
    private DateTimeOffset? _syncAt;
    private bool _isSyncing;
    private bool _isStale;

    public async Task NoteMirror(Address node)
    {
        if (!_record.State.Mirrors.Add(NodeKey.Of(node)))
            return;
        await _record.WriteStateAsync();
        if (_isStale && _downSince is { } since)
            await Mirror(NodeKey.Of(node)).MarkStale(since);
    }

    public Task ForgetMirror(Address node) =>
        _record.State.Mirrors.Remove(NodeKey.Of(node)) ? _record.WriteStateAsync() : Task.CompletedTask;

    private IMirrorGrain Mirror(string key) => GrainFactory.GetMirror(_pair.Local, NodeKey.Parse(key));

    /// <summary>Not all at once after a restart of the other side, which everybody notices at the same time.</summary>
    private void PlanSync(long session)
    {
        if (_wantedSession == session && (_syncAt is not null || _isSyncing))
        {
            _alarm.WakeBy(_syncAt);
            return;
        }

        _wantedSession = session;
        _syncAt = _clock.Now + (_options.SyncDelay * (RandomNumberGenerator.GetInt32(Steps) / (double)Steps));
        _alarm.WakeBy(_syncAt);
    }

    private async Task ReviewMirrors()
    {
        var now = _clock.Now;
        if (_downSince is { } since && since + _options.StaleAfter <= now && !_isStale)
        {
            _isStale = true;
            foreach (var key in _record.State.Mirrors.ToList())
                await Mirror(key).MarkStale(since);
        }

        if (_syncAt <= now && CanSynchronise)
            await Synchronise();
        _alarm.WakeBy(CanSynchronise ? _syncAt : null, _isStale ? null : _downSince + _options.StaleAfter);
    }

    /// <summary>While it cannot, nobody must be woken for it: it would be due all the time.</summary>
    private bool CanSynchronise => !_isSyncing && _report?.Condition == LinkCondition.Up;

    private async Task Synchronise()
    {
        (_isSyncing, _syncAt) = (true, null);
        var session = _wantedSession;
        try
        {
            if (await SendPages())
            {
                _syncedSession = session;
                await Refresh();
            }
            else
            {
                _syncAt = _clock.Now + RetryAfter;
            }
        }
        finally
        {
            _isSyncing = false;
            _ended.Clear();
            _alarm.WakeBy(_syncAt);
        }
    }

    private async Task<bool> SendPages()
    {
        var page = ImmutableArray.CreateBuilder<HeldSubscription>();
        foreach (var key in _record.State.Mirrors.ToList())
        {
            foreach (var held in await Mirror(key).Held())
            {
                page.Add(held);
                if (page.Count < MaxPage)
                    continue;
                if (!await SendPage(page.ToImmutable()))
                    return false;
                page.Clear();
                await Task.Delay(PauseBetweenPages, _clock.Time);
            }
        }

        return page.Count == 0 || await SendPage(page.ToImmutable());
    }

    /// <summary>
    /// A line for an id that is not on record counts as SUB there: one that was gathered before its UNSUB went out would
    /// bring back what has ended.
    /// </summary>
    private void NoteEnd(PeerRequest request)
    {
        if (_isSyncing && request is { Verb: MirrorRequests.End, Target: { } id })
            _ended.Add(id);
    }

    private async Task<bool> SendPage(ImmutableArray<HeldSubscription> gathered)
    {
        var held = gathered.RemoveAll(line => _ended.Contains(line.Id));
        if (held.IsEmpty)
            return true;
        var reply = await Ask(new PeerRequest(
            "SYNC", null,
            [new SavedParameter("from", _pair.Local.ToString()), new SavedParameter("type", "text/pip-sync")],
            null, _clock.Now + _options.AnswerTime, Held: held));
        return reply?.Code == 200;
    }

    /// <summary>The other side is there again, and what was not told anew still holds.</summary>
    private async Task Refresh()
    {
        if (!_isStale)
            return;
        _isStale = false;
        foreach (var key in _record.State.Mirrors.ToList())
            await Mirror(key).MarkStale(null);
    }
}
