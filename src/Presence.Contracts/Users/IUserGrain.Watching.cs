using System.Collections.Immutable;
using Orleans.Concurrency;
using Presence.Contracts.Subscriptions;
using Presence.Model.Addresses;
using Presence.Model.Replies;

namespace Presence.Contracts.Users;

/// <content>Watchers of this node, and what this user watches.</content>
public partial interface IUserGrain
{
    /// <summary>Somebody wants to be told of changes of this node.</summary>
    [Alias("subscribe")]
    Task<SubscribeAnswer> Subscribe(SubscribeRequest request);

    /// <summary>Several want that at once, all by the same route; as many answers, in the same order. Fails for all or none.</summary>
    [Alias("subscribe-all")]
    Task<ImmutableArray<SubscribeAnswer>> SubscribeAll(ImmutableArray<SubscribeRequest> requests);

    /// <summary>Ends a subscription to this node; false if there was none.</summary>
    [Alias("unsubscribe")]
    Task<bool> Unsubscribe(Address watcher, string id);

    /// <summary>Sessions that watched this node are over: what was bound to them ends, and the owner hears of it.</summary>
    [Alias("depart")]
    Task Depart(ImmutableArray<Departure> departures, string route);

    /// <summary>A watcher is no more: nothing of his subscriptions is left here.</summary>
    [Alias("forget-watcher")]
    Task ForgetWatcher(Address watcher);

    /// <summary>A watcher's gateway asks to be sent this node's changes, and is told what it may show now.</summary>
    [Alias("attach")]
    Task<ImmutableArray<AttachedSubscription>> Attach(Address watcher, string route);

    /// <summary>
    /// Who watches and who has asked, for the owner and for whom he gave the right <c>list</c>: on <c>watchers</c> for all of it, on
    /// <paramref name="path"/> for who watches there.
    /// </summary>
    [Alias("watchers")]
    Task<WatchersAnswer> ListWatchers(Address asker, PropertyPath path);

    /// <summary>
    /// True if this user has shut the other out politely: then what he asks of the other must not show in the other's
    /// history, or it would prove that he is there. Interleaves: it reads and waits for nobody.
    /// </summary>
    [Alias("hides-from")]
    [AlwaysInterleave]
    Task<bool> HidesFrom(Address other);

    /// <summary>Notes what this user watches, so that it survives the session; refused with 431 when there is too much.</summary>
    [Alias("watch")]
    Task<Refusal?> RememberWatching(WatchedNode watched);

    /// <summary>The same for several, one after the other; as many answers, in the same order. Fails for all or none.</summary>
    [Alias("watch-all")]
    Task<ImmutableArray<Refusal?>> RememberAllWatching(ImmutableArray<WatchedNode> watched);

    /// <summary>All that this user watches and that has not run out.</summary>
    [Alias("watching")]
    Task<ImmutableArray<WatchedNode>> ListWatching();

    /// <summary>Forgets it and says what it was; null if there was no such id.</summary>
    [Alias("unwatch")]
    Task<WatchedNode?> ForgetWatching(string id);
}
