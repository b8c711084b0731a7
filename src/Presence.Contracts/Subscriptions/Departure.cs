using System.Collections.Immutable;
using Presence.Model.Addresses;

namespace Presence.Contracts.Subscriptions;

/// <summary>A session that watched a node is over.</summary>
/// <param name="Watcher">Whose session it was.</param>
/// <param name="Ended">Ids of his subscriptions that were bound to it.</param>
/// <param name="LeavesRoute">True if he watches the node no more on the route that the session had.</param>
[GenerateSerializer, Immutable, Alias("presence.departure")]
public sealed record Departure(
    [property: Id(0)] Address Watcher,
    [property: Id(1)] ImmutableArray<string> Ended,
    [property: Id(2)] bool LeavesRoute);
