using System.Collections.Immutable;
using Presence.Contracts;
using Presence.Contracts.Subscriptions;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Subscriptions;
using Presence.Sessions.Connections;
using Presence.Sessions.Delivery;

namespace Presence.Sessions.Gateways;

/// <content>Subscriptions that a session is told of from its beginning.</content>
internal sealed partial class Gateway
{
    /// <summary>
    /// Asks each watched node for its changes, for watches that are served already. What is no longer on record there has
    /// ended meanwhile. With <paramref name="tells"/> the session is told what it does not know yet; else the values
    /// are the client's to ask for: it may have them from before.
    /// </summary>
    public Task Attach(Session session, IEnumerable<Watch> watches, bool tells) => Task.WhenAll(
        watches.GroupBy(watch => watch.Node).Select(group => Attach(session, group.Key, [.. group], tells)));

    private async Task Attach(Session session, Address node, IReadOnlyList<Watch> watches, bool tells)
    {
        // Or a session of his that is over would take the route with it.
        await Departures.Known(node);
        var entries = await nodes.Attach(node, session.User, Route);
        foreach (var watch in watches)
        {
            var entry = entries.FirstOrDefault(entry => entry.Speaks(watch.Id));
            if (entry is { Why: null })
            {
                watch.Open(entry.State, entry.Snapshot, tells, entry.IsSilent, entry.View);
                continue;
            }

            if (entry is null && watch.IsSessionBound && tells && await SubscribeAgain(watch))
                continue;
            watch.Open(SubscriptionState.Pending, [], tellsSnapshot: false);
            watch.End(entry?.Why ?? "deactivated");
            await Drop(watch);
            if (!watch.IsSessionBound)
                await grains.GetUser(session.User).ForgetWatching(watch.Id);
        }
    }

    /// <summary>Nothing is served to the session any more, and what was bound to it ends.</summary>
    private Task LeaveWatched(Session session)
    {
        Dictionary<Address, (ImmutableArray<string> Ended, bool IsLast)> leaving = [];
        foreach (var (id, watch) in session.Watches)
        {
            session.Watches.TryRemove(KeyValuePair.Create(id, watch));
            var isLast = Watches.Remove(watch);
            var ended = leaving.TryGetValue(watch.Node, out var before) ? before.Ended : [];
            leaving[watch.Node] = (watch.IsSessionBound ? ended.Add(id) : ended, isLast);
        }

        List<Task> told = new(leaving.Count);
        foreach (var (node, (ended, isLast)) in leaving)
        {
            if (isLast || ended.Length > 0)
                told.Add(Departures.Tell(node, new Departure(session.User, ended, isLast), Route));
        }

        return Task.WhenAll(told);
    }

    /// <summary>A subscription of the session alone is in memory only: who has lost it is asked again.</summary>
    private async Task<bool> SubscribeAgain(Watch watch)
    {
        var answer = await Arrivals.Subscribe(watch.Node, new SubscribeRequest(
            watch.Session.User, watch.Id, watch.Path, Expires: null, IsSessionBound: true, Route));
        if (answer.Refusal is not null)
            return false;
        watch.Open(answer.State, answer.Snapshot, tellsSnapshot: true, answer.IsSilent);
        return true;
    }
}
