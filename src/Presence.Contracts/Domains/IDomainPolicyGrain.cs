using Presence.Contracts.Users;
using Presence.Model.Addresses;

namespace Presence.Contracts.Domains;

/// <summary>
/// What the administrators of one hosted domain have laid down by SETACL on its node, beside what configuration says
/// (docs/protocol/access.md, "Administrators"). Key: the domain.
/// </summary>
[Alias("presence.domain-policy")]
public interface IDomainPolicyGrain : IGrainWithStringKey
{
    /// <summary>What is laid down, for who must keep to it.</summary>
    [Alias("bounds")]
    Task<DomainBounds> Bounds();

    /// <summary>One list, <c>policy/ceiling</c> or <c>policy/floor</c>, for an administrator; 403 for anybody else.</summary>
    [Alias("get-access")]
    Task<AccessListAnswer> GetAccess(Address asker, PropertyPath path);

    /// <summary>Replaces one of them.</summary>
    [Alias("set-access")]
    Task<WriteAnswer> SetAccess(AccessListRequest request);
}
