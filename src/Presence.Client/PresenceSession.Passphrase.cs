using Presence.Client.Connections;
using Presence.Client.Requests;
using Presence.Model.Addresses;

namespace Presence.Client;

/// <summary>Objects behind a passphrase.</summary>
public sealed partial class PresenceSession
{
    /// <summary>
    /// GET of a place, proving that this side knows its passphrase without sending it (docs/protocol/access.md,
    /// "Passphrases").
    /// </summary>
    /// <returns>
    /// Also refusals; <c>401 pass-required</c> once more means that the passphrase is wrong, or unknown there.
    /// </returns>
    /// <exception cref="PipConnectionException">
    /// Also if the challenge is none, or weaker than the protocol allows.
    /// </exception>
    public Task<ServerAnswer> GetWithPassphrase(
        Place place, string passphrase, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(passphrase);
        return new PassphraseRequest(Account, (verb, target, parameters) =>
            Ask(verb, target, parameters, body: null, cancellation)).Run("GET", place, passphrase);
    }
}
