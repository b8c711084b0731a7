using System.Collections.Immutable;
using Presence.Model.Accounts;
using Presence.Model.Addresses;
using Presence.Model.Replies;

namespace Presence.Sessions.Administration;

/// <summary>The accounts of the hosted domains, as administration sees them.</summary>
public interface IUserAccounts
{
    /// <summary>Every user of a domain, in no order.</summary>
    Task<ImmutableArray<string>> List(Domain domain);

    /// <summary>Names that are to have accounts soon; those there already stay.</summary>
    Task Announce(IReadOnlyCollection<Address> users);

    /// <summary>Makes the account of an announced user; 409 if there is one.</summary>
    Task<Refusal?> Create(Address user, ScramVerifier verifier);

    Task<bool> Exists(Address user);

    /// <summary>404 if there is no such account.</summary>
    Task<Refusal?> ChangePassword(Address user, ScramVerifier verifier);

    /// <summary>404 if there is no such account; its name is gone from the list in any case.</summary>
    Task<Refusal?> Remove(Address user);
}
