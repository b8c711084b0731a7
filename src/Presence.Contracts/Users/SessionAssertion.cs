using System.Collections.Immutable;
using Presence.Model.Messages;
using Presence.Model.Properties;

namespace Presence.Contracts.Users;

/// <summary>All that a user grain must know of a session that lives: enough to go on after it has lost its memory.</summary>
/// <param name="Binding">The endpoint.</param>
/// <param name="Shown">What the session wrote and memory only holds: its endpoint's properties and leased values.</param>
/// <param name="InHand">Messages that the session has and that no acknowledgement was heard of.</param>
/// <param name="ParkedFor">How long a lost session may still be resumed; null while it has a connection.</param>
[GenerateSerializer, Immutable, Alias("presence.session-assertion")]
public sealed record SessionAssertion(
    [property: Id(0)] EndpointBinding Binding,
    [property: Id(1)] ImmutableArray<PropertyChange> Shown,
    [property: Id(2)] ImmutableArray<InstantMessage> InHand,
    [property: Id(3)] TimeSpan? ParkedFor);
