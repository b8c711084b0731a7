using System.Collections.Immutable;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Replies;
using Presence.Model.Subscriptions;

namespace Presence.Contracts.Users;

/// <summary>What a new session must know: what its user watches, and who waits for a decision.</summary>
[GenerateSerializer, Immutable, Alias("presence.bind-answer")]
public sealed record BindAnswer(
    [property: Id(0)] Refusal? Refusal,
    [property: Id(1)] ImmutableArray<WatchedNode> Watching,
    [property: Id(2)] ImmutableArray<WatcherNotice> Requests)
{
    public static BindAnswer Refused(Refusal why) => new(why, [], []);
}

/// <summary>The version after a write, or why there was none.</summary>
[GenerateSerializer, Immutable, Alias("presence.write-answer")]
public sealed record WriteAnswer(
    [property: Id(0)] Refusal? Refusal,
    [property: Id(1)] long Version)
{
    public static WriteAnswer Refused(Refusal why) => new(why, 0);
}

/// <summary>What the asker may read: one property, or those of a container.</summary>
[GenerateSerializer, Immutable, Alias("presence.read-answer")]
public sealed record ReadAnswer(
    [property: Id(0)] Refusal? Refusal,
    [property: Id(1)] bool IsContainer,
    [property: Id(2)] ImmutableArray<Property> Properties)
{
    public static ReadAnswer Refused(Refusal why) => new(why, false, []);
}

/// <summary>How a subscription stands after the request, as its watcher may know it.</summary>
/// <param name="Refusal">Why there is none; 423 for a life below <paramref name="Life"/>.</param>
/// <param name="State">Pending or active.</param>
/// <param name="Life">Granted life; with a 423 the shortest one allowed.</param>
/// <param name="Snapshot">Values at this moment; empty while pending.</param>
/// <param name="IsSilent">True if no change is to be told: the watcher was shut out politely. Never shown to him.</param>
/// <param name="View">The view that he sees, where watcher and node are of different domains; else null.</param>
[GenerateSerializer, Immutable, Alias("presence.subscribe-answer")]
public sealed record SubscribeAnswer(
    [property: Id(0)] Refusal? Refusal,
    [property: Id(1)] SubscriptionState State,
    [property: Id(2)] TimeSpan Life,
    [property: Id(3)] ImmutableArray<Property> Snapshot,
    [property: Id(4)] bool IsSilent = false,
    [property: Id(5)] string? View = null)
{
    public static SubscribeAnswer Refused(Refusal why, TimeSpan life = default) =>
        new(why, SubscriptionState.Pending, life, []);
}

/// <summary>One subscription that a gateway now serves, or that has ended lately.</summary>
/// <param name="Id">The watcher's id for it.</param>
/// <param name="Path">What is watched.</param>
/// <param name="State">Where it stands, as the watcher may know it.</param>
/// <param name="Snapshot">Values of now that the watcher may see.</param>
/// <param name="IsSilent">True if no change is told.</param>
/// <param name="View">The view that the watcher sees; null within one service.</param>
/// <param name="Why">Reason word of its ending; null while it stands.</param>
[GenerateSerializer, Immutable, Alias("presence.attached-subscription")]
public sealed record AttachedSubscription(
    [property: Id(0)] string Id,
    [property: Id(1)] PropertyPath Path,
    [property: Id(2)] SubscriptionState State,
    [property: Id(3)] ImmutableArray<Property> Snapshot,
    [property: Id(4)] bool IsSilent = false,
    [property: Id(5)] string? View = null,
    [property: Id(6)] string? Why = null)
{
    private const string Any = "*";

    /// <summary>
    /// The answer for an address that nobody holds, to whoever must not learn that: every subscription waits, as at a user who never
    /// decides.
    /// </summary>
    public static readonly ImmutableArray<AttachedSubscription> Phantom =
        [Every(SubscriptionState.Pending, [])];

    /// <summary>The answer for an address that nobody holds any more: every subscription is over.</summary>
    public static readonly ImmutableArray<AttachedSubscription> Removed = [Ended(Any, "noresource")];

    /// <summary>How every subscription to a node stands, where it remembers none.</summary>
    public static AttachedSubscription Every(SubscriptionState state, ImmutableArray<Property> snapshot) =>
        new(Any, PropertyPath.Root, state, snapshot);

    public static AttachedSubscription Ended(string id, string why) =>
        new(id, PropertyPath.Root, SubscriptionState.Pending, [], Why: why);

    /// <summary>True if this is how the subscription with that id stands.</summary>
    public bool Speaks(string id) => Id == id || Id == Any;
}

/// <summary>Who watches this node and who has asked, for its owner.</summary>
[GenerateSerializer, Immutable, Alias("presence.watchers-answer")]
public sealed record WatchersAnswer(
    [property: Id(0)] Refusal? Refusal,
    [property: Id(1)] ImmutableArray<Subscription> Watchers,
    [property: Id(2)] ImmutableArray<PastQuery> Queries)
{
    public static WatchersAnswer Refused(Refusal why) => new(why, [], []);
}

/// <summary>How often one principal has asked.</summary>
/// <param name="Who">Wire form: an address, <c>anon</c>, or <c>*</c> where no names are kept.</param>
/// <param name="Count">Queries.</param>
/// <param name="Denied">How many of them were refused.</param>
/// <param name="Last">When the last one came.</param>
[GenerateSerializer, Immutable, Alias("presence.past-query")]
public sealed record PastQuery(
    [property: Id(0)] string Who,
    [property: Id(1)] long Count,
    [property: Id(2)] long Denied,
    [property: Id(3)] DateTimeOffset Last);
