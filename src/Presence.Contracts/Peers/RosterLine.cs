using Presence.Model.Addresses;

namespace Presence.Contracts.Peers;

/// <summary>A line of ROSTER: a member of a group, as his own domain is told.</summary>
/// <param name="Who">The member.</param>
/// <param name="IsGone">True if he is one no more.</param>
[GenerateSerializer, Immutable, Alias("presence.roster-line")]
public readonly record struct RosterLine([property: Id(0)] Address Who, [property: Id(1)] bool IsGone);
