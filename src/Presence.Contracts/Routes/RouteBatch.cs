using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Contracts.Routes;

/// <summary>
/// One change of one node, for all watchers behind one route: its size does not grow with their number, for the
/// gateway knows who watches. Lost batches are repaired by version.
/// </summary>
/// <param name="Node">The watched node.</param>
/// <param name="Changes">What changed, for every active watcher of a path that covers it.</param>
/// <param name="Notices">What changed for single subscriptions: approved, ended, turned away.</param>
/// <param name="View">
/// Whom the changes are for: those who see this view of a node of another domain, or of ours from there; null within one
/// service, where everybody who watches a path sees the same.
/// </param>
[GenerateSerializer, Immutable, Alias("presence.route-batch")]
public sealed record RouteBatch(
    [property: Id(0)] Address Node,
    [property: Id(1)] ImmutableArray<PropertyDelta> Changes,
    [property: Id(2)] ImmutableArray<SubscriptionNotice> Notices,
    [property: Id(3)] string? View = null);

/// <summary>A change in the state of one subscription, as its watcher may know it.</summary>
/// <param name="Watcher">Whose subscription.</param>
/// <param name="Id">The watcher's id for it.</param>
/// <param name="Path">What is watched.</param>
/// <param name="Event">What happened.</param>
/// <param name="Why">Reason word of an ending (<c>timeout</c>, <c>rejected</c>, <c>noresource</c>), or null.</param>
/// <param name="Expires">When it ends unless refreshed; null after an ending.</param>
/// <param name="Values">Values to tell with it.</param>
/// <param name="View">The view that the watcher sees from now on; null within one service.</param>
[GenerateSerializer, Immutable, Alias("presence.subscription-notice")]
public sealed record SubscriptionNotice(
    [property: Id(0)] Address Watcher,
    [property: Id(1)] string Id,
    [property: Id(2)] PropertyPath Path,
    [property: Id(3)] SubscriptionEvent Event,
    [property: Id(4)] string? Why,
    [property: Id(5)] DateTimeOffset? Expires,
    [property: Id(6)] ImmutableArray<PropertyDelta> Values,
    [property: Id(7)] string? View = null);

/// <summary>What a subscription notice tells. Values are append-only: they cross processes of different versions.</summary>
[GenerateSerializer, Alias("presence.subscription-event")]
public enum SubscriptionEvent
{
    /// <summary>It became active: tell the state and the values.</summary>
    Activated = 0,

    /// <summary>It ended: tell why, and forget it.</summary>
    Terminated = 1,

    /// <summary>Tell the values as ordinary ones, then nothing more until it is activated or resumed.</summary>
    Silenced = 2,

    /// <summary>Tell changes again, from the next one on.</summary>
    Resumed = 3,

    /// <summary>The watcher sees another view from now on: tell its values as ordinary ones.</summary>
    Moved = 4,
}

/// <summary>Names of the Orleans streams of this service.</summary>
public static class RouteStreams
{
    /// <summary>Stream provider that carries routes.</summary>
    public const string Provider = "routes";

    /// <summary>Namespace of route streams; the key is the route: one stream per gateway incarnation or remote domain.</summary>
    public const string Namespace = "route";

    public static StreamId Of(string route) => StreamId.Create(Namespace, route);
}
