using System.Collections.Immutable;
using Presence.Contracts.Routes;
using Presence.Contracts.Subscriptions;
using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Composition;
using Presence.Model.Properties;
using Presence.Model.Replies;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Users;

/// <summary>How a user grain deals with those who watch it.</summary>
internal sealed class WatcherDesk(
    UserNode node, EndpointTable endpoints, ISubscriptionGrain subscriptions, SubscriptionLimits limits)
{
    public async Task<SubscribeAnswer> Subscribe(SubscribeRequest request, DateTimeOffset now)
    {
        var life = request.Expires ?? limits.DefaultExpiry;
        if (life < limits.MinExpiry)
            return SubscribeAnswer.Refused(new Refusal(423, "interval-too-brief"), limits.MinExpiry);
        life = life < limits.MaxExpiry ? life : limits.MaxExpiry;

        if (!node.Exists && node.TellsAbsence(request.Watcher))
            return SubscribeAnswer.Refused(Refusal.NotFound);

        var effect = node.DecideSubscription(request.Watcher, request.Path);
        if (effect == Effect.Deny)
            return SubscribeAnswer.Refused(Refusal.Forbidden);
        if (!node.Exists)
            return new SubscribeAnswer(null, SubscriptionState.Pending, life, []);

        var state = effect == Effect.Allow ? SubscriptionState.Active : SubscriptionState.Pending;
        var put = await subscriptions.Put(
            new Subscription(
                request.Watcher, request.Id, request.Path, state, now, now + life, request.IsSessionBound, state),
            request.Route);
        if (put.IsNews && !request.Watcher.Equals(node.Self))
            await endpoints.DeliverToAll(new WatcherNotice(request.Watcher, request.Path, state, now));
        return new SubscribeAnswer(null, put.Entry.SeenAs, life, SnapshotFor(put.Entry));
    }

    /// <summary>What the watcher may see of his subscription: a politely denied one shows a user who is not there.</summary>
    public ImmutableArray<Property> SnapshotFor(Subscription entry) => entry switch
    {
        { SeenAs: SubscriptionState.Pending } => [],
        { State: SubscriptionState.Denied, Farewell: { } farewell } => [farewell],
        _ => node.Snapshot(entry.Path),
    };

    public async Task Approve(Address who)
    {
        var all = await subscriptions.List();
        var waiting = all
            .Where(s => s.Watcher.Equals(who) && s.State != SubscriptionState.Active
                && node.DecideSubscription(who, s.Path) == Effect.Allow)
            .ToList();
        if (waiting.Count == 0)
            return;
        ImmutableArray<Property> snapshot =
            [.. waiting.SelectMany(s => node.Snapshot(s.Path)).DistinctBy(p => p.Path)];
        await subscriptions.Activate(who, [.. waiting.Select(s => s.Id)], snapshot);
    }

    public Task TurnAway(Address who, bool isExplicit, DateTimeOffset now) =>
        subscriptions.TurnAway(who, isExplicit, Farewell(now));

    /// <summary>Requests that wait for the owner's decision, for a session that has just begun.</summary>
    public async Task<ImmutableArray<WatcherNotice>> WaitingRequests()
    {
        var all = await subscriptions.List();
        return
        [
            .. all.Where(s => s.State == SubscriptionState.Pending).OrderBy(s => s.Since)
                .Select(s => new WatcherNotice(s.Watcher, s.Path, s.State, s.Since)),
        ];
    }

    /// <summary>The status as if the owner had logged out at this moment; it stays as it is however often it is asked for.</summary>
    private Property Farewell(DateTimeOffset now)
    {
        var status = node.View.Shown[StandardPaths.Status];
        return StatusToken.IsOffline(status.Value.Text)
            ? status
            : new Property(
                StandardPaths.Status,
                PropertyValue.OfText(StatusToken.Offline),
                VersionClock.Next(node.Properties.Version, now),
                now);
    }
}
