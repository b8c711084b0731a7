using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;

namespace Presence.Contracts.Subscriptions;

/// <summary>
/// The watchers of one node, grouped by route. Key: <see cref="NodeKey"/> of the watched node. That node's own grain
/// calls it, after it has decided, and gateways call <see cref="Detach"/> and <see cref="Depart"/>; it never calls a user grain,
/// so the two cannot wait for each other.
/// </summary>
[Alias("presence.subscriptions")]
public interface ISubscriptionGrain : IGrainWithStringKey
{
    /// <summary>Adds or refreshes a subscription that was allowed (active) or asked for (pending).</summary>
    [Alias("put")]
    Task<PutAnswer> Put(Subscription asked, string route);

    /// <summary>The same for several who come by one route, stored as one; as many answers, in the same order.</summary>
    [Alias("put-all")]
    Task<ImmutableArray<PutAnswer>> PutAll(ImmutableArray<Subscription> asked, string route);

    [Alias("find")]
    Task<Subscription?> Find(Address watcher, string id);

    [Alias("remove")]
    Task<Subscription?> Remove(Address watcher, string id);

    /// <summary>Takes out all that a watcher has here, requests that gave up included; gives what stood.</summary>
    [Alias("forget")]
    Task<ImmutableArray<Subscription>> Forget(Address watcher);

    /// <summary>
    /// A route begins to serve a watcher. Gives the watcher's subscriptions as they stand, and why others have ended lately.
    /// </summary>
    [Alias("attach")]
    Task<AttachAnswer> Attach(Address watcher, string route);

    /// <summary>A route no longer serves a watcher; subscriptions bound to a session end with it.</summary>
    [Alias("detach")]
    Task Detach(Address watcher, string route);

    /// <summary>
    /// Sessions behind a route are over: takes out what was bound to them and the routes that they leave; gives what stood.
    /// </summary>
    [Alias("depart")]
    Task<ImmutableArray<Subscription>> Depart(ImmutableArray<Departure> departures, string route);

    /// <summary>Sends changes to every route that serves an active watcher.</summary>
    [Alias("publish")]
    Task Publish(ImmutableArray<PropertyDelta> changes);

    /// <summary>The owner has decided anew: each ruling changes one subscription and tells its watcher what he may know.</summary>
    [Alias("rule")]
    Task Rule(ImmutableArray<SubscriptionRuling> rulings);

    /// <summary>All subscriptions, and the requests that gave up before a decision.</summary>
    [Alias("list")]
    Task<ImmutableArray<Subscription>> List();

    /// <summary>The same of one watcher.</summary>
    [Alias("of")]
    Task<ImmutableArray<Subscription>> Of(Address watcher);

    /// <summary>Those that wait for the owner's decision, and whether there is anything else.</summary>
    [Alias("undecided")]
    Task<UndecidedAnswer> Undecided();

    /// <summary>The node is gone: every subscription ends with <c>noresource</c>.</summary>
    [Alias("close")]
    Task Close();
}

/// <summary>The entry as it stands, whether it is new to the owner, and the view of a watcher of another domain.</summary>
[GenerateSerializer, Immutable, Alias("presence.put-answer")]
public sealed record PutAnswer(
    [property: Id(0)] Subscription Entry,
    [property: Id(1)] bool IsNews,
    [property: Id(2)] string? View = null);

/// <summary>Subscriptions that wait for the owner's decision.</summary>
/// <param name="Entries">Those that wait.</param>
/// <param name="HasOthers">True if others stand or have given up.</param>
[GenerateSerializer, Immutable, Alias("presence.undecided-answer")]
public sealed record UndecidedAnswer(
    [property: Id(0)] ImmutableArray<Subscription> Entries,
    [property: Id(1)] bool HasOthers);

/// <summary>How the subscriptions of one watcher stand.</summary>
[GenerateSerializer, Immutable, Alias("presence.attach-answer")]
public sealed record AttachAnswer(
    [property: Id(0)] ImmutableArray<Subscription> Entries,
    [property: Id(1)] ImmutableArray<EndedSubscription> Ended);

/// <summary>A subscription that has ended, and the reason word that its watcher is told.</summary>
[GenerateSerializer, Immutable, Alias("presence.ended-subscription")]
public readonly record struct EndedSubscription(
    [property: Id(0)] string Id,
    [property: Id(1)] string Why);

/// <summary>What becomes of one subscription.</summary>
/// <param name="Watcher">Whose it is.</param>
/// <param name="Id">The watcher's id for it.</param>
/// <param name="Change">What happens to it.</param>
/// <param name="Values">What the watcher is told with it.</param>
/// <param name="IsOnRecord">
/// True for an activation that whoever reads what is stored of the node would decide again: it need not be stored for itself.
/// </param>
[GenerateSerializer, Immutable, Alias("presence.subscription-ruling")]
public sealed record SubscriptionRuling(
    [property: Id(0)] Address Watcher,
    [property: Id(1)] string Id,
    [property: Id(2)] SubscriptionChange Change,
    [property: Id(3)] ImmutableArray<PropertyDelta> Values,
    [property: Id(4)] bool IsOnRecord = false);
