using System.Collections.Immutable;
using Presence.Contracts.Routes;
using Presence.Contracts.Subscriptions;
using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Replies;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Users;

/// <content>Who watches this node, and what this user watches.</content>
internal sealed partial class UserGrain
{
    public async Task<SubscribeAnswer> Subscribe(SubscribeRequest request) => (await SubscribeAll([request]))[0];

    public Task<ImmutableArray<SubscribeAnswer>> SubscribeAll(ImmutableArray<SubscribeRequest> requests) =>
        _watchers.Subscribe(requests, person => Identify(person), _clock.Now);

    public async Task<bool> Unsubscribe(Address watcher, string id)
    {
        if (await _subscriptions.Remove(watcher, id) is not { } ended)
            return false;
        await TellEnds([ended]);
        return true;
    }

    public async Task Depart(ImmutableArray<Departure> departures, string route) =>
        await TellEnds(await _subscriptions.Depart(departures, route));

    public async Task ForgetWatcher(Address watcher) => await TellEnds(await _subscriptions.Forget(watcher));

    public async Task<ImmutableArray<AttachedSubscription>> Attach(Address watcher, string route)
    {
        var asker = await Identify(watcher);
        if (!_node.Exists)
        {
            DeactivateOnIdle();
            return _node.TellsAbsence(asker) ? AttachedSubscription.Removed : AttachedSubscription.Phantom;
        }

        var answer = await _subscriptions.Attach(watcher, route);
        return
        [
            .. answer.Entries.Select(s => new AttachedSubscription(
                s.Id, s.Path, s.SeenAs, _watchers.SnapshotFor(s, asker), s.State == SubscriptionState.Blocked)),
            .. answer.Ended.Select(ended => AttachedSubscription.Ended(ended.Id, ended.Why)),
        ];
    }

    public async Task<WatchersAnswer> ListWatchers(Address person, PropertyPath path)
    {
        var asker = await Identify(person);
        if (Missing(asker) is { } missing)
            return WatchersAnswer.Refused(missing);
        var mayListAll = _node.Judge(asker, Rights.List, StandardPaths.Watchers).IsAllowed;
        if (!mayListAll && !_node.Judge(asker, Rights.List, path).IsAllowed)
            return WatchersAnswer.Refused(Refusal.Forbidden);
        var watchers = (await _subscriptions.List()).Where(s =>
            path.IsRoot ? mayListAll || s.Path.IsRoot : s.Covers(path) || s.Path.StartsWith(path));
        return new WatchersAnswer(null, [.. watchers], mayListAll ? [.. _queries.Current(_clock.Now)] : []);
    }

    public Task<bool> HidesFrom(Address other) => Task.FromResult(
        _node.Judge(Asker.Of(other), Rights.Read, StandardPaths.Status).Verdict is Verdict.Fake or Verdict.Mute
        || _node.Judge(Asker.Of(other), Rights.Subscribe, StandardPaths.Status).Verdict is Verdict.Fake or Verdict.Mute);

    public async Task<Refusal?> RememberWatching(WatchedNode watched) => (await RememberAllWatching([watched]))[0];

    public Task<ImmutableArray<Refusal?>> RememberAllWatching(ImmutableArray<WatchedNode> watched) =>
        _watching.Remember(watched, _clock.Now);

    public Task<ImmutableArray<WatchedNode>> ListWatching() => Task.FromResult(_watching.Current(_clock.Now));

    public Task<WatchedNode?> ForgetWatching(string id) => _watching.Forget(id);

    /// <summary>The owner hears of those whom he knows to be watching.</summary>
    private Task TellEnds(ImmutableArray<Subscription> ended) => _endpoints.DeliverToAll(
    [
        .. ended.Where(one => one.State != SubscriptionState.Blocked && !one.Watcher.Equals(_node.Self))
            .Select(one => new WatcherNotice(one.Watcher, one.Path, null, _clock.Now)),
    ]);
}
