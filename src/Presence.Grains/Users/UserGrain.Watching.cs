using System.Collections.Immutable;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Users;

/// <content>Who watches this node, and what this user watches.</content>
internal sealed partial class UserGrain
{
    public Task<SubscribeAnswer> Subscribe(SubscribeRequest request) => _watchers.Subscribe(request, _clock.Now);

    public async Task<bool> Unsubscribe(Address watcher, string id)
    {
        if (await _subscriptions.Remove(watcher, id) is not { } ended)
            return false;
        if (ended.State != SubscriptionState.Denied && !watcher.Equals(_node.Self))
            await _endpoints.DeliverToAll(new WatcherNotice(watcher, ended.Path, null, _clock.Now));
        return true;
    }

    public async Task<ImmutableArray<AttachedSubscription>> Attach(Address watcher, string route)
    {
        var entries = await _subscriptions.Attach(watcher, route);
        return [.. entries.Select(s => new AttachedSubscription(s.Id, s.Path, s.SeenAs, _watchers.SnapshotFor(s)))];
    }

    public async Task<WatchersAnswer> ListWatchers(Address asker) => asker.Equals(_node.Self)
        ? new WatchersAnswer(null, await _subscriptions.List())
        : new WatchersAnswer(Missing(asker) ?? Refusal.Forbidden, []);

    public Task<Refusal?> RememberWatching(WatchedNode watched) => _watching.Remember(watched, _clock.Now);

    public Task<ImmutableArray<WatchedNode>> ListWatching() => Task.FromResult(_watching.Current(_clock.Now));

    public Task<WatchedNode?> ForgetWatching(string id) => _watching.Forget(id);
}
