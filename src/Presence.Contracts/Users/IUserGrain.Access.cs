using System.Collections.Immutable;
using Presence.Model.Addresses;

namespace Presence.Contracts.Users;

/// <content>What the owner, or whom he gave the right <c>acl</c>, lets others do. Others are refused with 403.</content>
public partial interface IUserGrain
{
    [Alias("approve")]
    Task<WriteAnswer> Approve(ApprovalRequest request);

    [Alias("deny")]
    Task<WriteAnswer> Deny(DenialRequest request);

    [Alias("get-access")]
    Task<AccessListAnswer> GetAccess(Address asker, PropertyPath path);

    /// <summary>412 if the list that applies has another version than the one expected.</summary>
    [Alias("set-access")]
    Task<WriteAnswer> SetAccess(AccessListRequest request);

    [Alias("block")]
    Task<WriteAnswer> Block(BlockRequest request);

    /// <summary><paramref name="who"/> is the wire form of a principal, as in <see cref="BlockRequest"/>; 400 if it is none.</summary>
    [Alias("unblock")]
    Task<WriteAnswer> Unblock(Address asker, string who);

    [Alias("allow")]
    Task<WriteAnswer> Allow(Address asker, string who);

    [Alias("unallow")]
    Task<WriteAnswer> Unallow(Address asker, string who);

    [Alias("get-lists")]
    Task<PersonListAnswer> GetLists(Address asker);

    /// <summary>
    /// Why somebody sees this user as he does, in lines for an administrator: each a subject and a sentence. Empty for an address
    /// that nobody holds.
    /// </summary>
    [Alias("explain")]
    Task<ImmutableArray<ExplainedLine>> Explain(Address asker);
}
