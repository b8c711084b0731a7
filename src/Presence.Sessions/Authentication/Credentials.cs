using Presence.Contracts;
using Presence.Contracts.Nearby;
using Presence.Model.Accounts;
using Presence.Model.Addresses;
using Presence.Protocol.Sasl;

namespace Presence.Sessions.Authentication;

/// <summary>
/// Looks up what a proof is checked against. An unknown name gets a verifier too, made up but stable, so that nothing
/// but the proof's failure shows, and that looks like a wrong password.
/// </summary>
public sealed class Credentials(IGrainFactory grains, INearAccounts near, UnknownAccountSalt unknown)
{
    public async ValueTask<ScramVerifier> VerifierFor(Address? user, string name)
    {
        // Made up even when it is not needed: both cases must cost the same.
        var madeUp = unknown.For(user?.ToString() ?? name);
        if (user is not { } address)
            return madeUp;
        if (!near.TryGetVerifier(address, out var known))
            known = await grains.GetAccount(address).GetVerifier();
        return known ?? madeUp;
    }

    /// <summary>Checks a password given in the open; the user if it is right.</summary>
    public async Task<Address?> Check(PlainMessage message, Domain domain)
    {
        var user = SaslDialogue.UserOf(message.AuthenticationIdentity, domain);
        var verifier = await VerifierFor(user, message.AuthenticationIdentity);
        var isPrepared = PasswordPreparation.TryPrepare(message.Password, out var prepared, out _);
        var matches = verifier.Matches(isPrepared ? prepared : "");
        var isSelf = message.AuthorizationIdentity.Length == 0
            || (user is not null && SaslDialogue.UserOf(message.AuthorizationIdentity, domain) == user);
        return matches && isPrepared && isSelf ? user : null;
    }
}
