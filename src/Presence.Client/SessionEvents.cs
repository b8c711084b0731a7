using Presence.Model.Addresses;

namespace Presence.Client;

/// <summary>Membership of a group changed, or waits for a decision (docs/protocol/messages.md, "Groups").</summary>
/// <param name="Group">The group.</param>
/// <param name="Who">Whom it is about.</param>
/// <param name="State"><c>pending</c>, <c>invited</c>, <c>member</c>, <c>left</c>, <c>removed</c>, <c>denied</c>,
/// <c>banned</c> or <c>gone</c>.</param>
/// <param name="Role">Null unless a member.</param>
public sealed record MembershipChange(
    long Sequence, DateTimeOffset? Time, Place Group, string Who, string State, string? Role)
    : PresenceEvent(Sequence, Time);

/// <summary>Somebody offers a session in another medium (docs/protocol/messages.md, "Invitations").</summary>
/// <param name="From">Who offers it.</param>
/// <param name="Id">The caller's name for it.</param>
/// <param name="ContentType">MIME type of the offer.</param>
/// <param name="Lifetime">Seconds that it rings; null if not told.</param>
public sealed record InvitationOffer(
    long Sequence, DateTimeOffset? Time, Address From, string Id, string ContentType, long? Lifetime,
    ReadOnlyMemory<byte> Body) : PresenceEvent(Sequence, Time);

/// <summary>What became of an invitation of this session.</summary>
/// <param name="From">Who answers; the endpoint only if the code is 200.</param>
/// <param name="Code">1xx while it rings, then 200 or a refusal up to 699.</param>
/// <param name="ContentType">MIME type of the body; null without one.</param>
public sealed record InvitationAnswer(
    long Sequence, DateTimeOffset? Time, Place From, string Id, int Code, string? ContentType,
    ReadOnlyMemory<byte>? Body) : PresenceEvent(Sequence, Time);

/// <summary>An invitation to this account is over.</summary>
/// <param name="Why">Such as <c>answered-elsewhere</c>, <c>timeout</c>, or the caller's own word.</param>
public sealed record InvitationEnd(long Sequence, DateTimeOffset? Time, string Id, string? Why)
    : PresenceEvent(Sequence, Time);

/// <summary>Somebody asks to turn to another address.</summary>
/// <param name="To">The other address.</param>
/// <param name="Why">Text for people.</param>
public sealed record Referral(long Sequence, DateTimeOffset? Time, Address From, Address To, string? Why)
    : PresenceEvent(Sequence, Time);

/// <summary>Word from the node itself, for all who are connected to it.</summary>
/// <param name="Domain">Whose node it is.</param>
/// <param name="What"><c>announcement</c>; later versions may tell more.</param>
/// <param name="Text">Text for people.</param>
public sealed record Announcement(long Sequence, DateTimeOffset? Time, string Domain, string What, string Text)
    : PresenceEvent(Sequence, Time);
