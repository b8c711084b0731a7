using System.Collections.Immutable;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Messages;

namespace Presence.Grains.Groups;

/// <summary>The ways from a group to its members. None of them throws: each tells failures itself.</summary>
internal interface IMemberPost
{
    /// <summary>Members who have no grain here: what is for them goes by <see cref="HandOver"/> alone.</summary>
    bool IsElsewhere(Address who);

    /// <summary>The same as <see cref="Announce"/> where it needs no call; null if it needs one.</summary>
    ExpectedCopy? TryAnnounce(Lane to, InstantMessage message);

    /// <summary>The member's grain accounts for a message; null if it did not answer in time.</summary>
    Task<ExpectedCopy?> Announce(Address who, InstantMessage message);

    /// <summary>Hands something to one member without the others: late copies, other domains, news of members.</summary>
    Task HandOver(Address who, SessionNotice notice);

    /// <summary>One call to a gateway; gives what was not taken. A gateway that does not answer may have taken it.</summary>
    Task<ImmutableArray<UntakenCopy>> Cross(IGatewayInbox gateway, ImmutableArray<SharedCopy> copies);

    /// <summary>What the member's grain has accounted for was not taken by these sessions, or is not for them any more.</summary>
    Task Settle(Address who, MessageKey message, ImmutableArray<string> sessions, bool isTakenBack);
}
