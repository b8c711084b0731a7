using Presence.Model.Accounts;
using Presence.Model.Addresses;

namespace Presence.Contracts.Nearby;

/// <summary>For a gateway whose silos are other processes: each grain is asked.</summary>
public sealed class AccountsElsewhere : INearAccounts
{
    public bool TryGetVerifier(Address user, out ScramVerifier? verifier)
    {
        verifier = null;
        return false;
    }
}
