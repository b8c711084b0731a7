using System.Collections.Immutable;
using Presence.Contracts.Subscriptions;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Users;

/// <summary>
/// The watchers of a node as its own grain asks for them. All subscriptions begin here, so once there were none nobody has to
/// be asked until the next one: whoever is watched by nobody comes and goes without waking a second grain.
/// </summary>
internal sealed class OwnWatchers(ISubscriptionGrain subscriptions)
{
    private bool _areNone;

    /// <summary>True if it is known that nobody watches: nothing that changes need be published.</summary>
    public bool AreNone => _areNone;

    /// <summary>One alone goes by the call that silos before this version know too.</summary>
    public async Task<ImmutableArray<PutAnswer>> Put(ImmutableArray<Subscription> asked, string route)
    {
        _areNone = false;
        return asked is [var one] ? [await subscriptions.Put(one, route)] : await subscriptions.PutAll(asked, route);
    }

    public Task<Subscription?> Find(Address watcher, string id) =>
        _areNone ? Task.FromResult<Subscription?>(null) : subscriptions.Find(watcher, id);

    public Task<Subscription?> Remove(Address watcher, string id) => subscriptions.Remove(watcher, id);

    public Task<ImmutableArray<Subscription>> Depart(ImmutableArray<Departure> departures, string route) =>
        subscriptions.Depart(departures, route);

    public Task<ImmutableArray<Subscription>> Forget(Address watcher) => subscriptions.Forget(watcher);

    /// <summary>Always asks: why subscriptions have ended is known there, when none is left too.</summary>
    public Task<AttachAnswer> Attach(Address watcher, string route) => subscriptions.Attach(watcher, route);

    public Task Publish(ImmutableArray<PropertyDelta> changes) =>
        _areNone ? Task.CompletedTask : subscriptions.Publish(changes);

    public Task Rule(ImmutableArray<SubscriptionRuling> rulings) => subscriptions.Rule(rulings);

    /// <summary>All subscriptions, and the requests that gave up before a decision; those of one watcher if one is named.</summary>
    public async Task<ImmutableArray<Subscription>> List(Address? watcher = null)
    {
        if (_areNone)
            return [];
        if (watcher is { } one)
            return await subscriptions.Of(one);
        var all = await subscriptions.List();
        _areNone = all.IsEmpty;
        return all;
    }

    /// <summary>Those that wait for the owner's decision: few, where all watchers may be many.</summary>
    public async Task<ImmutableArray<Subscription>> Undecided()
    {
        if (_areNone)
            return [];
        var answer = await subscriptions.Undecided();
        _areNone = answer.Entries.IsEmpty && !answer.HasOthers;
        return answer.Entries;
    }

    public Task Close() => subscriptions.Close();
}
