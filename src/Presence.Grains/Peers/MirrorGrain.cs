using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Presence.Contracts;
using Presence.Contracts.Nearby;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Alarms;
using Presence.Grains.Metrics;
using Presence.Grains.Subscriptions;
using Presence.Model.Addresses;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Peers;

/// <content>Who watches. Calls interleave, for they wait for another domain.</content>
[Reentrant]
internal sealed partial class MirrorGrain : Grain, IMirrorGrain, IAlarmed
{
    private readonly IPersistentState<MirrorRecord> _record;
    private readonly PresenceClock _clock;
    private readonly GrainAlarm _alarm;
    private readonly RoutePublisher _publisher;
    private readonly RouteTable _routes = new();
    private readonly MirrorValues _values = new();
    private readonly Dictionary<string, MirrorEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<Address, List<MirrorEntry>> _byWatcher = [];
    private readonly Domain _local;
    private readonly Address _node;
    private DateTimeOffset? _staleSince;

    public MirrorGrain(
        [PersistentState("mirror", PresenceGrainsExtensions.StorageName)] IPersistentState<MirrorRecord> record,
        PresenceClock clock,
        AlarmClock alarms,
        GrainMetrics metrics,
        NearGateway near,
        ILogger<MirrorGrain> logger)
    {
        _record = record;
        _clock = clock;
        _alarm = new GrainAlarm(alarms, OwnReference<IAlarmed>.Of(this, GrainFactory));
        (_local, _node) = MirrorKey.Parse(this.GetPrimaryKeyString());
        _publisher = new RoutePublisher(_node, GrainFactory, near, metrics, logger);
    }

    private IPeerDomainGrain Peer => GrainFactory.GetPeerDomain(new DomainPair(_local, _node.Domain));

    private MirrorRequests Requests => new(_node, _clock.Now);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var stored in _record.State.Entries)
            Keep(stored.ToEntry());
        _publisher.Open(this.GetStreamProvider(RouteStreams.Provider));
        WakeForExpiry();
        return Task.CompletedTask;
    }

    public async Task<SubscribeAnswer> Subscribe(SubscribeRequest request)
    {
        var linkId = MirrorEntry.LinkIdOf(request.Watcher, request.Id);
        var before = _entries.GetValueOrDefault(linkId);

        // Known before the other domain is asked, for what it tells may overtake its answer.
        var entry = before?.Path.Equals(request.Path) == true
            ? before
            : new MirrorEntry(request.Watcher, request.Id, request.Path);
        entry.IsNewer = false;
        Keep(entry);
        _routes.Attach(request.Watcher, request.Route);
        var anyView = entry.View ?? _entries.Values.FirstOrDefault(other => other.View is not null)?.View;
        var reply = await Peer.Ask(
            Requests.Subscribe(entry, request.Expires, anyView, _values.Version(anyView, entry.Path), request.Proof));
        if (reply is { Code: not (200 or 202) } && !MirrorRequests.IsForLater(reply))
        {
            // A proof that is wrong, and a refresh too many, end nothing that stands.
            if (entry != before || reply.Code is not (401 or 429))
            {
                Drop(entry);
                await Store();
            }

            return SubscribeAnswer.Refused(MirrorRequests.RefusalOf(reply), MirrorRequests.TimeOf(reply));
        }

        return await Granted(entry, reply, request.Expires);
    }

    public async Task<bool> Unsubscribe(Address watcher, string id)
    {
        if (_entries.GetValueOrDefault(MirrorEntry.LinkIdOf(watcher, id)) is not { } entry)
            return false;
        Drop(entry);
        await Store();
        await Peer.Post(Requests.Unsubscribe(entry));
        return true;
    }

    public async Task ForgetWatcher(Address watcher)
    {
        foreach (var entry in Of(watcher).ToList())
            await Unsubscribe(watcher, entry.Id);
    }

    public Task<ImmutableArray<AttachedSubscription>> Attach(Address watcher, string route)
    {
        var entries = Of(watcher).ToList();
        if (entries.Count > 0)
            _routes.Attach(watcher, route);
        return Task.FromResult<ImmutableArray<AttachedSubscription>>(
        [
            .. entries.Select(entry => new AttachedSubscription(
                entry.Id, entry.Path, entry.State, SnapshotFor(entry), IsSilent: false, entry.View)),
        ]);
    }

    public Task Detach(Address watcher, string route)
    {
        _routes.Detach(watcher, route);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<HeldSubscription>> Held() => Task.FromResult<ImmutableArray<HeldSubscription>>(
    [
        .. _entries.Values.Where(entry => entry.Expires > _clock.Now)
            .Select(entry => entry.ToHeld(_node, _values.Version(entry.View, entry.Path))),
    ]);

    private async Task<SubscribeAnswer> Granted(MirrorEntry entry, SavedReply? reply, TimeSpan? wished)
    {
        var life = MirrorRequests.Seconds(reply, "expires") ?? wished ?? SubscriptionLimits.Default.DefaultExpiry;
        entry.Expires = _clock.Now + life;
        if (reply is { Code: 200 or 202 } && !entry.IsNewer)
        {
            entry.IsActive = reply.Code == 200;
            entry.View = MirrorRequests.Text(reply, "view") ?? entry.View;
        }

        await Store();
        await Peer.NoteMirror(_node);
        WakeForExpiry();
        return new SubscribeAnswer(null, entry.State, life, SnapshotFor(entry), IsSilent: false, entry.View);
    }

    private ImmutableArray<Model.Properties.Property> SnapshotFor(MirrorEntry entry) =>
        entry.IsActive ? _values.Snapshot(entry.View, entry.Path) : [];

    private IEnumerable<MirrorEntry> Of(Address watcher) =>
        _byWatcher.GetValueOrDefault(watcher) ?? Enumerable.Empty<MirrorEntry>();

    private void Keep(MirrorEntry entry)
    {
        if (_entries.GetValueOrDefault(entry.LinkId) is { } other && other != entry)
            Drop(other);
        if (_entries.Count == 0)
            DelayDeactivation(TimeSpan.FromDays(36500));
        if (!_entries.TryAdd(entry.LinkId, entry))
            return;
        if (!_byWatcher.TryGetValue(entry.Watcher, out var all))
            _byWatcher[entry.Watcher] = all = [];
        all.Add(entry);
    }

    private void Drop(MirrorEntry entry)
    {
        if (!_entries.Remove(entry.LinkId) || _byWatcher.GetValueOrDefault(entry.Watcher) is not { } all)
            return;
        all.Remove(entry);
        if (all.Count == 0)
            _byWatcher.Remove(entry.Watcher);
    }

    private async Task Store()
    {
        if (_entries.Count > 0)
        {
            _record.State.Entries = [.. _entries.Values.Select(MirrorRecord.Entry.Of)];
            await _record.WriteStateAsync();
            return;
        }

        if (_record.RecordExists)
        {
            await _record.ClearStateAsync();
            await Peer.ForgetMirror(_node);
        }

        DelayDeactivation(TimeSpan.Zero);
    }

    private void WakeForExpiry()
    {
        if (_entries.Count > 0)
            _alarm.WakeBy(_entries.Values.Min(entry => entry.Expires) + Grace);
    }
}
