using Orleans.Concurrency;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Messages;
using Presence.Model.Replies;

namespace Presence.Contracts.Groups;

/// <summary>
/// The members of one group and the spreading of its messages. Key: <see cref="NodeKey"/> of the group's node, whose grain is
/// the door to it: clients' requests come from there. It calls the grains of members, never that of its node. The
/// two questions interleave and only read, so that any node may ask them while it decides.
/// </summary>
[Alias("presence.group")]
public interface IGroupGrain : IGrainWithStringKey
{
    /// <summary>A new group; what an earlier one at this address has left is gone.</summary>
    [Alias("found")]
    Task Found(Address owner, GroupPolicy policy);

    [Alias("set-policy")]
    Task SetPolicy(GroupPolicy policy);

    /// <summary>Null for an outsider, also for one whom only the rule of the group covers.</summary>
    [Alias("role-of")]
    [AlwaysInterleave]
    Task<GroupRole?> RoleOf(Address who);

    /// <summary>True for members, and for those whom the rule of the group covers; the principal <c>member:GROUP</c>.</summary>
    [Alias("is-member")]
    [AlwaysInterleave]
    Task<bool> IsMember(Address who);

    [Alias("join")]
    Task<JoinAnswer> Join(JoinRequest request);

    /// <summary>A moderator admits who has asked, and invites who has not.</summary>
    [Alias("approve")]
    Task<Refusal?> Approve(Address asker, Address who);

    [Alias("deny")]
    Task<Refusal?> Deny(Address asker, Address who, bool isExplicit);

    /// <summary>When it returns, nothing more of the group reaches the one who left.</summary>
    [Alias("leave")]
    Task<Refusal?> Leave(Address asker, Address who);

    /// <summary>Puts somebody out and keeps him out, as BLOCK on the group does. Stops delivery as <see cref="Leave"/>.</summary>
    [Alias("ban")]
    Task<Refusal?> Ban(Address asker, Address who);

    [Alias("unban")]
    Task<Refusal?> Unban(Address asker, Address who);

    [Alias("members")]
    Task<MembersAnswer> ListMembers(MembersRequest request);

    /// <summary>
    /// A message for the members. The answer is the acceptance; it is spread afterwards, to each member in the order of
    /// acceptance. 503 if too many messages are still under way.
    /// </summary>
    [Alias("post")]
    Task<Refusal?> Post([Immutable] InstantMessage message);

    /// <summary>An account is gone. False if nobody is left, and the node is to be removed.</summary>
    [Alias("lose")]
    Task<bool> Lose(Address who);

    /// <summary>
    /// The group is destroyed: its members are told, without the one it happened <paramref name="by"/>, and nothing more
    /// is spread.
    /// </summary>
    [Alias("close")]
    Task Close(Address by);
}
