using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Messages;
using Presence.Model.Subscriptions;

namespace Presence.Contracts.Routes;

/// <summary>Something for one session, by direct call.</summary>
[GenerateSerializer, Immutable, Alias("presence.session-notice")]
public abstract record SessionNotice;

/// <summary>An instant message; <paramref name="IsRequest"/> flags a first contact that the user has not approved.</summary>
[GenerateSerializer, Immutable, Alias("presence.message-notice")]
public sealed record MessageNotice(
    [property: Id(0)] InstantMessage Message,
    [property: Id(1)] bool IsRequest) : SessionNotice;

/// <summary>A message that another endpoint of the session's user has sent.</summary>
/// <param name="Message">The message.</param>
/// <param name="To">Its recipients that took it; more than one for a message to a list.</param>
[GenerateSerializer, Immutable, Alias("presence.copy-notice")]
public sealed record CopyNotice(
    [property: Id(0)] InstantMessage Message,
    [property: Id(1)] ImmutableArray<Address> To) : SessionNotice;

/// <summary>A receipt for a message that the session's user sent.</summary>
[GenerateSerializer, Immutable, Alias("presence.receipt-notice")]
public sealed record ReceiptNotice(
    [property: Id(0)] Receipt Receipt) : SessionNotice;

/// <summary>Somebody began or ended watching the session's user, or waits for a decision.</summary>
/// <param name="Who">The watcher.</param>
/// <param name="Path">What is watched.</param>
/// <param name="State">Where the subscription stands; null when it ended.</param>
/// <param name="At">Since when.</param>
[GenerateSerializer, Immutable, Alias("presence.watcher-notice")]
public sealed record WatcherNotice(
    [property: Id(0)] Address Who,
    [property: Id(1)] PropertyPath Path,
    [property: Id(2)] SubscriptionState? State,
    [property: Id(3)] DateTimeOffset At) : SessionNotice;

/// <summary>Somebody asked about the session's user, once and for the first time in a while.</summary>
[GenerateSerializer, Immutable, Alias("presence.query-notice")]
public sealed record QueryNotice(
    [property: Id(0)] string Who,
    [property: Id(1)] PropertyPath Path,
    [property: Id(2)] DateTimeOffset At) : SessionNotice;

/// <summary>Somebody's membership of a group has changed, or waits for a decision.</summary>
/// <param name="Group">The group.</param>
/// <param name="Who">Whose membership.</param>
/// <param name="Standing">Where he stands now.</param>
/// <param name="Role">His role if he is a member, else null.</param>
/// <param name="At">Since when.</param>
[GenerateSerializer, Immutable, Alias("presence.member-notice")]
public sealed record MemberNotice(
    [property: Id(0)] Address Group,
    [property: Id(1)] Address Who,
    [property: Id(2)] GroupStanding Standing,
    [property: Id(3)] GroupRole? Role,
    [property: Id(4)] DateTimeOffset At) : SessionNotice;
