using Presence.Contracts.Accounts;
using Presence.Model.Accounts;
using Presence.Model.Addresses;

namespace Presence.Contracts.Nearby;

/// <summary>
/// What account grains in the gateway's own process have in memory, without a call between actors. Used from any thread; never waits.
/// </summary>
public interface INearAccounts
{
    /// <summary>
    /// As <see cref="IAccountGrain.GetVerifier"/>: null if there is no such account. False if the grain must be asked.
    /// </summary>
    bool TryGetVerifier(Address user, out ScramVerifier? verifier);
}
