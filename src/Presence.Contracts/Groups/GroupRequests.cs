using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Properties;
using Presence.Model.Replies;

namespace Presence.Contracts.Groups;

/// <summary>A wish for a node that is no user.</summary>
/// <param name="Asker">Who asks; the node will be his.</param>
/// <param name="Kind"><c>group</c>, <c>service</c> or <c>device</c>.</param>
/// <param name="Changes">Properties that it begins with.</param>
[GenerateSerializer, Immutable, Alias("presence.node-creation")]
public sealed record NodeCreation(
    [property: Id(0)] Address Asker,
    [property: Id(1)] string Kind,
    [property: Id(2)] ImmutableArray<PropertyChange> Changes);

/// <summary>A wish to join; see <see cref="JoinWish"/>.</summary>
[GenerateSerializer, Immutable, Alias("presence.join-request")]
public sealed record JoinRequest(
    [property: Id(0)] Address Asker,
    [property: Id(1)] Address Who,
    [property: Id(2)] GroupRole? Role,
    [property: Id(3)] ImmutableArray<ClassPattern>? Classes)
{
    public JoinWish ToWish() => new(Asker, Who, Role, Classes);
}

/// <summary>Where the person concerned stands after a request, or why nothing happened.</summary>
[GenerateSerializer, Immutable, Alias("presence.join-answer")]
public sealed record JoinAnswer(
    [property: Id(0)] Refusal? Refusal,
    [property: Id(1)] GroupStanding Standing,
    [property: Id(2)] GroupRole? Role)
{
    public static JoinAnswer Refused(Refusal why) => new(why, GroupStanding.Left, null);
}

/// <summary>A wish to see the members.</summary>
/// <param name="Asker">Who asks.</param>
/// <param name="Max">Greatest number of items of one answer, 1–1 000.</param>
/// <param name="After">The last item of the answer before; null to begin.</param>
[GenerateSerializer, Immutable, Alias("presence.members-request")]
public sealed record MembersRequest(
    [property: Id(0)] Address Asker,
    [property: Id(1)] int Max,
    [property: Id(2)] Address? After);

/// <summary>What the asker may see of the members, in the order of their addresses.</summary>
/// <param name="Refusal">Why nothing; 405 for a node without members.</param>
/// <param name="Count">Number of members.</param>
/// <param name="Items">One page; for moderators with those who wait. Null if only the number may be seen.</param>
/// <param name="Version">Version of the node.</param>
[GenerateSerializer, Immutable, Alias("presence.members-answer")]
public sealed record MembersAnswer(
    [property: Id(0)] Refusal? Refusal,
    [property: Id(1)] int Count,
    [property: Id(2)] ImmutableArray<ListedMember>? Items,
    [property: Id(3)] long Version = 0)
{
    public static MembersAnswer Refused(Refusal why) => new(why, 0, null);
}

/// <summary>One line of the list. <paramref name="Role"/> is null for who is not a member.</summary>
[GenerateSerializer, Immutable, Alias("presence.listed-member")]
public sealed record ListedMember(
    [property: Id(0)] Address Who,
    [property: Id(1)] GroupStanding Standing,
    [property: Id(2)] GroupRole? Role);

/// <summary>All that a user belongs to.</summary>
[GenerateSerializer, Immutable, Alias("presence.memberships")]
public sealed record Memberships(
    [property: Id(0)] ImmutableArray<Address> Groups,
    [property: Id(1)] ImmutableArray<ClassPattern> Interests);
