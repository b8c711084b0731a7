using System.Collections.Immutable;
using Orleans.Concurrency;
using Presence.Contracts.Groups;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Replies;

namespace Presence.Contracts.Users;

/// <content>
/// Nodes that are groups, services or devices: the node's grain is the door to its group grain. And what a user hears
/// of groups.
/// </content>
public partial interface IUserGrain
{
    /// <summary>Makes a node that is no user; 409 if the address has a holder, 403 if the asker may not.</summary>
    [Alias("create-node")]
    Task<WriteAnswer> CreateNode(NodeCreation creation);

    /// <summary>Takes such a node out of the world, for its owner; 405 for a user.</summary>
    [Alias("destroy")]
    Task<Refusal?> Destroy(Address asker, long? onlyIf);

    /// <summary>405 if this is no group.</summary>
    [Alias("join")]
    Task<JoinAnswer> Join(JoinRequest request);

    /// <summary>405 if this is no group.</summary>
    [Alias("leave")]
    Task<Refusal?> Leave(Address asker, Address who);

    /// <summary>405 if this is no group.</summary>
    [Alias("members")]
    Task<MembersAnswer> ListMembers(MembersRequest request);

    /// <summary>The account of a member or owner is gone.</summary>
    [Alias("lose")]
    Task Lose(Address who);

    /// <summary>
    /// A message is coming to this user through a group or interest node, which have decided about the sender: accounts for it
    /// and gives the sessions that it must be handed to. The same again gives those that have not acknowledged it. Nothing
    /// waits for absent members. A grain that takes longer is left to <see cref="ReceiveFromGroup"/>.
    /// </summary>
    [Alias("expect-from-group")]
    [ResponseTimeout("00:00:02")]
    Task<ExpectedCopy> ExpectFromGroup([Immutable] InstantMessage message);

    /// <summary>The same, and this grain hands it to its sessions itself. 480 if nobody is there.</summary>
    [Alias("receive-from-group")]
    Task<Refusal?> ReceiveFromGroup([Immutable] InstantMessage message);

    /// <summary>
    /// Sessions have not taken a message that was expected for them; one that has moved to another gateway is offered it there,
    /// unless the group has taken the message back.
    /// </summary>
    [Alias("untaken-from-group")]
    Task UntakenFromGroup(MessageKey message, ImmutableArray<string> sessions, bool isTakenBack);

    /// <summary>
    /// Something happened to this user's membership, or in a group that he looks after. Interleaves: it only hands
    /// over to sessions, and a group must not wait for a user who waits for it.
    /// </summary>
    [Alias("take-member-notice")]
    [AlwaysInterleave]
    Task TakeMemberNotice(MemberNotice notice);
}
