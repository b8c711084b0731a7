using Presence.Model.Addresses;

namespace Presence.Sessions.Authentication;

/// <summary>What a proof of a passphrase is bound to.</summary>
/// <param name="Asker">Who asks; null for a connection that has not authenticated.</param>
/// <param name="Remote">Where from.</param>
/// <param name="Verb">Verb of the request.</param>
/// <param name="Place">Its target.</param>
internal readonly record struct PassphraseAttempt(Address? Asker, string Remote, string Verb, Place Place)
{
    public string Requester => Asker?.ToString() ?? "anon";

    /// <summary>Whose guesses are counted.</summary>
    public string Guesser => Asker?.ToString() ?? Remote;

    public string Target => Place.ToString();
}
