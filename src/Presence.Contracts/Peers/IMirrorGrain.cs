using System.Collections.Immutable;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Contracts.Peers;

/// <summary>
/// A node of another domain as our users watch it: who of them watches what, in which view, and the last values of each
/// view. Key: <see cref="MirrorKey"/>. It asks the other domain for each watcher and passes values on to the routes of
/// gateways, as a subscription grain does for a node of ours.
/// </summary>
[Alias("presence.mirror")]
public interface IMirrorGrain : IGrainWithStringKey
{
    /// <inheritdoc cref="IUserGrain.Subscribe"/>
    [Alias("subscribe")]
    Task<SubscribeAnswer> Subscribe(SubscribeRequest request);

    /// <inheritdoc cref="IUserGrain.Unsubscribe"/>
    [Alias("unsubscribe")]
    Task<bool> Unsubscribe(Address watcher, string id);

    /// <inheritdoc cref="IUserGrain.ForgetWatcher"/>
    [Alias("forget-watcher")]
    Task ForgetWatcher(Address watcher);

    /// <inheritdoc cref="IUserGrain.Attach"/>
    [Alias("attach")]
    Task<ImmutableArray<AttachedSubscription>> Attach(Address watcher, string route);

    /// <summary>A route no longer serves a watcher.</summary>
    [Alias("detach")]
    Task Detach(Address watcher, string route);

    /// <summary>Something that the other domain tells.</summary>
    [Alias("take")]
    Task Take(PeerNotice notice);

    /// <summary>What we hold, for SYNC.</summary>
    [Alias("held")]
    Task<ImmutableArray<HeldSubscription>> Held();

    /// <summary>The other domain cannot be reached since then; null: it can be again.</summary>
    [Alias("mark-stale")]
    Task MarkStale(DateTimeOffset? since);
}

/// <summary>Keys of mirrors: our domain and the node.</summary>
public static class MirrorKey
{
    public static string Of(Domain local, Address node) => $"{local}>{NodeKey.Of(node)}";

    /// <summary>What a key that <see cref="Of"/> made stands for.</summary>
    public static (Domain Local, Address Node) Parse(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var middle = key.IndexOf('>', StringComparison.Ordinal);
        return (Domain.Parse(key[..middle]), NodeKey.Parse(key[(middle + 1)..]));
    }
}

/// <summary>NOTIFY of another domain.</summary>
/// <param name="Path">Where the value stands, or what is watched.</param>
/// <param name="Id">The one subscription that it is about, by the id that we gave it; null for all in the view.</param>
/// <param name="View">The view in which the value is seen, or into which the subscription is moved.</param>
/// <param name="State">What the subscription becomes: <c>active</c>, <c>pending</c>, <c>terminated</c>; null: as it is.</param>
/// <param name="Why">Reason word of an ending, or null.</param>
/// <param name="Life">Time left of the subscription, or null.</param>
/// <param name="Value">The value, or null.</param>
[GenerateSerializer, Immutable, Alias("presence.peer-notice")]
public sealed record PeerNotice(
    [property: Id(0)] PropertyPath Path,
    [property: Id(1)] string? Id,
    [property: Id(2)] string? View,
    [property: Id(3)] string? State,
    [property: Id(4)] string? Why,
    [property: Id(5)] TimeSpan? Life,
    [property: Id(6)] PropertyDelta? Value)
{
    public const string Active = "active";

    public const string Terminated = "terminated";
}

/// <summary>A subscription of one of our users, as a line of SYNC tells it.</summary>
[GenerateSerializer, Immutable, Alias("presence.held-subscription")]
public sealed record HeldSubscription(
    [property: Id(0)] string Id,
    [property: Id(1)] Place Place,
    [property: Id(2)] Address Watcher,
    [property: Id(3)] DateTimeOffset Expires,
    [property: Id(4)] bool IsActive,
    [property: Id(5)] string? View,
    [property: Id(6)] long Version);
