using System.Collections.Immutable;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Model.Properties;

namespace Presence.Grains.Peers;

/// <content>What the other domain tells, and what its silence means.</content>
internal sealed partial class MirrorGrain
{
    /// <summary>The other domain ends a subscription that has run out; only when it does not is it ended here.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Views beyond those that somebody is in: an answer that tells the view may still be on its way.</summary>
    private const int MaxUnknownViews = 16;

    public async Task Take(PeerNotice notice)
    {
        if (notice.Id is { } id)
        {
            if (_entries.GetValueOrDefault(id) is { } entry)
                await TakeFor(entry, notice);
            return;
        }

        if (notice is { View: { } view, Value: { } value } && Remember(view, value))
            await Publish(view, [value]);
    }

    public async Task MarkStale(DateTimeOffset? since)
    {
        _staleSince = since;
        foreach (var view in _values.Views.ToList())
            await Publish(view, [.. _values.Of(view).Where(value => value.Now is not null)]);
    }

    public async Task Ring()
    {
        _alarm.Rang();
        foreach (var entry in _entries.Values.Where(entry => entry.Expires + Grace <= _clock.Now).ToList())
            await End(entry, _staleSince is null ? "timeout" : "probation");
        WakeForExpiry();
    }

    private async Task TakeFor(MirrorEntry entry, PeerNotice notice)
    {
        entry.IsNewer = true;
        if (notice.State == PeerNotice.Terminated)
        {
            await End(entry, notice.Why ?? "deactivated");
            return;
        }

        entry.View = notice.View ?? entry.View;
        if (notice.Life is { } life)
            entry.Expires = _clock.Now + life;
        var wasActive = entry.IsActive;
        entry.IsActive = notice.State switch
        {
            null => entry.IsActive,
            var word => word == PeerNotice.Active,
        };
        if (entry.View is { } view && notice.Value is { } value)
            Remember(view, value);
        await Store();
        if (entry.IsActive)
            await TellState(entry, notice, wasActive);
    }

    /// <summary>Its watcher hears that it is active, or quietly sees another view with what stands there.</summary>
    private Task TellState(MirrorEntry entry, PeerNotice notice, bool wasActive)
    {
        ImmutableArray<PropertyDelta> values = wasActive
            ? [.. new[] { notice.Value }.OfType<PropertyDelta>()]
            : [.. SnapshotFor(entry).Select(PropertyDelta.Of)];
        return Send(new SubscriptionNotice(
            entry.Watcher, entry.Id, entry.Path,
            wasActive ? SubscriptionEvent.Moved : SubscriptionEvent.Activated,
            null, entry.Expires, values, entry.View));
    }

    private async Task End(MirrorEntry entry, string why)
    {
        Drop(entry);
        await Store();
        await Send(new SubscriptionNotice(
            entry.Watcher, entry.Id, entry.Path, SubscriptionEvent.Terminated, why, null, []));
    }

    private bool Remember(string view, PropertyDelta value)
    {
        var live = _entries.Values.Select(entry => entry.View).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (!live.Contains(view) && _values.Views.Count() >= live.Count + MaxUnknownViews)
            _values.Only(live);
        return _values.Put(view, value);
    }

    private Task Publish(string view, ImmutableArray<PropertyDelta> values)
    {
        if (values.IsEmpty)
            return Task.CompletedTask;
        var routes = _routes.With(watcher => Of(watcher).Any(entry => entry.IsActive && entry.View == view)).ToList();
        if (_staleSince is { } since)
            values = [.. values.Select(value => value with { StaleSince = since })];
        return _publisher.Send(routes, values, [], view);
    }

    private Task Send(SubscriptionNotice notice) =>
        _publisher.Send([.. _routes.Of(notice.Watcher)], [], [notice], notice.View);
}
