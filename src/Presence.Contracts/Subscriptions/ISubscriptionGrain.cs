using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;

namespace Presence.Contracts.Subscriptions;

/// <summary>
/// The watchers of one node, grouped by route. Key: <see cref="NodeKey"/> of the watched node. That node's own grain
/// calls it, after it has decided, and gateways call <see cref="Detach"/>; it never calls a user grain, so the two cannot
/// wait for each other.
/// </summary>
[Alias("presence.subscriptions")]
public interface ISubscriptionGrain : IGrainWithStringKey
{
    /// <summary>Adds or refreshes a subscription that was allowed (active) or asked for (pending).</summary>
    [Alias("put")]
    Task<PutAnswer> Put(Subscription asked, string route);

    [Alias("remove")]
    Task<Subscription?> Remove(Address watcher, string id);

    /// <summary>A route begins to serve a watcher. Gives the watcher's subscriptions as they stand.</summary>
    [Alias("attach")]
    Task<ImmutableArray<Subscription>> Attach(Address watcher, string route);

    /// <summary>A route no longer serves a watcher; subscriptions bound to a session end with it.</summary>
    [Alias("detach")]
    Task Detach(Address watcher, string route);

    /// <summary>Sends changes to every route that serves an active watcher.</summary>
    [Alias("publish")]
    Task Publish(ImmutableArray<PropertyDelta> changes);

    /// <summary>These subscriptions of the watcher become active and are told the snapshot.</summary>
    [Alias("activate")]
    Task Activate(Address watcher, ImmutableArray<string> ids, ImmutableArray<Property> snapshot);

    /// <summary>The watcher is turned away; <paramref name="farewell"/> is what he sees last when that is polite.</summary>
    [Alias("turn-away")]
    Task TurnAway(Address watcher, bool isExplicit, Property farewell);

    [Alias("list")]
    Task<ImmutableArray<Subscription>> List();

    /// <summary>The node is gone: every subscription ends with <c>noresource</c>.</summary>
    [Alias("close")]
    Task Close();
}

/// <summary>The entry as it stands, and whether it is new to the owner.</summary>
[GenerateSerializer, Immutable, Alias("presence.put-answer")]
public sealed record PutAnswer(
    [property: Id(0)] Subscription Entry,
    [property: Id(1)] bool IsNews);
