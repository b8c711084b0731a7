using System.Collections.Immutable;
using Presence.Model.Addresses;

namespace Presence.Contracts.Users;

/// <content>What is known of a user, for an administrator who must hand it out or erase it.</content>
public partial interface IUserGrain
{
    /// <summary>All that this node's grains keep of it. Empty for an address that nobody holds.</summary>
    [Alias("export")]
    Task<ImmutableArray<ExportedItem>> Export();

    /// <summary>
    /// Somebody has been erased: that he asked about this user, and messages of his that wait for a decision, are forgotten.
    /// What this user has written about him in lists of his own stays.
    /// </summary>
    [Alias("forget-person")]
    Task ForgetPerson(Address who);
}
