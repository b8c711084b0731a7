using System.Collections.Immutable;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Properties;
using Presence.Model.Replies;

namespace Presence.Contracts.Routes;

/// <summary>What a gateway answers when it is asked to hand a session over.</summary>
/// <param name="Refusal">Why not; 410, 400 or 503.</param>
/// <param name="IsOver">True if there is no such session there, or none any more.</param>
/// <param name="Session">The session; null with a refusal.</param>
[GenerateSerializer, Immutable, Alias("presence.hand-over-answer")]
public sealed record HandOverAnswer(
    [property: Id(0)] Refusal? Refusal,
    [property: Id(1)] bool IsOver,
    [property: Id(2)] SessionSnapshot? Session)
{
    public static HandOverAnswer Refused(Refusal why, bool isOver) => new(why, isOver, null);
}

/// <summary>All that a gateway knows of a session, on its way to another one (docs/protocol/sessions.md, "RESUME").</summary>
/// <param name="Endpoint">Name of the endpoint.</param>
/// <param name="LastEvent">Highest event number given.</param>
/// <param name="Acknowledged">Highest event number acknowledged.</param>
/// <param name="Events">Events that are not acknowledged, in order.</param>
/// <param name="HighestTag">Highest tag received.</param>
/// <param name="Replies">The reply cache, oldest first.</param>
/// <param name="Watches">What the session is told of.</param>
/// <param name="Reports">Subscriptions that report to the session; null for all.</param>
/// <param name="Route">The route of the gateway that had it.</param>
/// <param name="Binding">As the endpoint was bound; null from a gateway of an older version.</param>
/// <param name="Shown">What it would assert of its presence.</param>
/// <param name="InHand">Messages of which the user's grain has confirmed no acknowledgement.</param>
/// <param name="Settled">Those of them that the client has acknowledged: the grain is still to be told.</param>
[GenerateSerializer, Immutable, Alias("presence.session-snapshot")]
public sealed record SessionSnapshot(
    [property: Id(0)] string Endpoint,
    [property: Id(1)] long LastEvent,
    [property: Id(2)] long Acknowledged,
    [property: Id(3)] ImmutableArray<SavedEvent> Events,
    [property: Id(4)] long HighestTag,
    [property: Id(5)] ImmutableArray<SavedReply> Replies,
    [property: Id(6)] ImmutableArray<SavedWatch> Watches,
    [property: Id(7)] ImmutableArray<string>? Reports,
    [property: Id(8)] string Route,
    [property: Id(9)] EndpointBinding? Binding = null,
    [property: Id(10)] ImmutableArray<PropertyChange> Shown = default,
    [property: Id(11)] ImmutableArray<InstantMessage> InHand = default,
    [property: Id(12)] ImmutableArray<MessageKey> Settled = default);

/// <summary>An event as its frame. Node, id and path are the key under which a newer value takes its place, or null.</summary>
[GenerateSerializer, Immutable, Alias("presence.saved-event")]
public sealed record SavedEvent(
    [property: Id(0)] long Number,
    [property: Id(1)] byte[] Frame,
    [property: Id(2)] MessageKey? Message,
    [property: Id(3)] Address? Node,
    [property: Id(4)] string? Id,
    [property: Id(5)] PropertyPath? Path);

/// <summary>A reply of the reply cache.</summary>
[GenerateSerializer, Immutable, Alias("presence.saved-reply")]
public sealed record SavedReply(
    [property: Id(0)] long Tag,
    [property: Id(1)] int Code,
    [property: Id(2)] string Reason,
    [property: Id(3)] ImmutableArray<SavedParameter> Parameters,
    [property: Id(4)] byte[]? Body);

/// <summary>A parameter of a reply, decoded.</summary>
[GenerateSerializer, Immutable, Alias("presence.saved-parameter")]
public readonly record struct SavedParameter(
    [property: Id(0)] string Name,
    [property: Id(1)] string Value);

/// <summary>A subscription as the session was told of it.</summary>
/// <param name="Node">The watched node.</param>
/// <param name="Id">The watcher's id for it.</param>
/// <param name="Path">What is watched.</param>
/// <param name="IsSessionBound">True for <c>scope=session</c>.</param>
/// <param name="MinSeconds">Least seconds between two values; 0 for none.</param>
/// <param name="Told">The version that was told last, by path.</param>
/// <param name="MustLeaveRoute">True if the user has no other watch on the node at the old gateway.</param>
[GenerateSerializer, Immutable, Alias("presence.saved-watch")]
public sealed record SavedWatch(
    [property: Id(0)] Address Node,
    [property: Id(1)] string Id,
    [property: Id(2)] PropertyPath Path,
    [property: Id(3)] bool IsSessionBound,
    [property: Id(4)] int MinSeconds,
    [property: Id(5)] ImmutableArray<ToldVersion> Told,
    [property: Id(6)] bool MustLeaveRoute);

/// <summary>The version of a property that was told last.</summary>
[GenerateSerializer, Immutable, Alias("presence.told-version")]
public readonly record struct ToldVersion(
    [property: Id(0)] PropertyPath Path,
    [property: Id(1)] long Version);
