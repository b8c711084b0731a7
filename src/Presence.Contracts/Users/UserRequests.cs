using System.Collections.Immutable;
using Presence.Contracts.Routes;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Contracts.Users;

/// <summary>One endpoint bound to one session.</summary>
/// <param name="Endpoint">Name, a path segment.</param>
/// <param name="Session">Session id, unique over all gateways.</param>
/// <param name="Priority">-128 to 127; below 0 no messages come here.</param>
/// <param name="Show">Status to show at once, or null to stay unseen until the first SET.</param>
/// <param name="TakesOver">True to end the session that holds the endpoint now.</param>
/// <param name="Inbox">Where notices for the session go.</param>
/// <param name="Grace">For how long a lost connection does not show; 0–30 s.</param>
/// <param name="CopiesSent">True if it gets copies of what the user sends elsewhere.</param>
/// <param name="Capabilities">What it can handle, kept as <c>ep/&lt;name&gt;/caps</c> while it is bound; null for nothing.</param>
/// <param name="Lease">Within which time the status must be asserted again; null for never.</param>
/// <param name="Route">Route of the gateway that has the session.</param>
[GenerateSerializer, Immutable, Alias("presence.endpoint-binding")]
public sealed record EndpointBinding(
    [property: Id(0)] string Endpoint,
    [property: Id(1)] string Session,
    [property: Id(2)] int Priority,
    [property: Id(3)] string? Show,
    [property: Id(4)] bool TakesOver,
    [property: Id(5)] IGatewayInbox Inbox,
    [property: Id(6)] TimeSpan Grace = default,
    [property: Id(7)] bool CopiesSent = false,
    [property: Id(8)] string? Capabilities = null,
    [property: Id(9)] TimeSpan? Lease = null,
    [property: Id(10)] string Route = "");

/// <summary>A gateway wants to go on with a session that another gateway has.</summary>
/// <param name="Session">Name of the session.</param>
/// <param name="Key">The resume key presented.</param>
/// <param name="Seen">The last event processed.</param>
/// <param name="Inbox">Where notices go from now on.</param>
/// <param name="Route">Route of the gateway that asks.</param>
[GenerateSerializer, Immutable, Alias("presence.take-over-request")]
public sealed record TakeOverRequest(
    [property: Id(0)] string Session,
    [property: Id(1)] string Key,
    [property: Id(2)] long Seen,
    [property: Id(3)] IGatewayInbox Inbox,
    [property: Id(4)] string Route = "");

/// <summary>A write by <paramref name="Asker"/>, all of it or nothing.</summary>
[GenerateSerializer, Immutable, Alias("presence.write-request")]
public sealed record WriteRequest(
    [property: Id(0)] Address Asker,
    [property: Id(1)] ImmutableArray<PropertyChange> Changes,
    [property: Id(2)] long? OnlyIf);

/// <summary>A read of one property, or of a container and all below it. </summary>
/// <param name="Asker">Null means that nobody is known.</param>
/// <param name="Path">What is read.</param>
/// <param name="Proof">Proof of a passphrase, or null.</param>
/// <param name="IsDiscreet">True if the query must leave no trace: its asker hides from the node's owner.</param>
[GenerateSerializer, Immutable, Alias("presence.read-request")]
public sealed record ReadRequest(
    [property: Id(0)] Address? Asker,
    [property: Id(1)] PropertyPath Path,
    [property: Id(2)] PassphraseProof? Proof = null,
    [property: Id(3)] bool IsDiscreet = false);

/// <summary>
/// A wish to watch. <paramref name="Expires"/> null means the default life; <paramref name="Proof"/> is of a passphrase, or null.
/// With <paramref name="MayWait"/> false it is refused by 429 if the owner would have to decide about it.
/// </summary>
[GenerateSerializer, Immutable, Alias("presence.subscribe-request")]
public sealed record SubscribeRequest(
    [property: Id(0)] Address Watcher,
    [property: Id(1)] string Id,
    [property: Id(2)] PropertyPath Path,
    [property: Id(3)] TimeSpan? Expires,
    [property: Id(4)] bool IsSessionBound,
    [property: Id(5)] string Route,
    [property: Id(6)] PassphraseProof? Proof = null,
    [property: Id(7)] bool MayWait = true);

/// <summary>The owner lets somebody in. <paramref name="Rights"/> null means the usual grant.</summary>
[GenerateSerializer, Immutable, Alias("presence.approval-request")]
public sealed record ApprovalRequest(
    [property: Id(0)] Address Asker,
    [property: Id(1)] PropertyPath Path,
    [property: Id(2)] Address Who,
    [property: Id(3)] Rights? Rights);

/// <summary>The owner turns somebody away, explicitly (the watcher is told) or politely (he is not).</summary>
[GenerateSerializer, Immutable, Alias("presence.denial-request")]
public sealed record DenialRequest(
    [property: Id(0)] Address Asker,
    [property: Id(1)] Address Who,
    [property: Id(2)] bool IsExplicit,
    [property: Id(3)] PropertyPath Path = default);

/// <summary>What names a message: its sender and the sender's id for it.</summary>
[GenerateSerializer, Immutable, Alias("presence.message-key")]
public readonly record struct MessageKey(
    [property: Id(0)] Address From,
    [property: Id(1)] string Id);

/// <summary>What a user watches: the watcher's id for it, where, until when, and at most how often it is told.</summary>
[GenerateSerializer, Immutable, Alias("presence.watched-node")]
public sealed record WatchedNode(
    [property: Id(0)] string Id,
    [property: Id(1)] Address Node,
    [property: Id(2)] PropertyPath Path,
    [property: Id(3)] DateTimeOffset Expires,
    [property: Id(4)] int MinSeconds = 0);
