using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Presence.Client.Connections;
using Presence.Model.Access;
using Presence.Model.Addresses;

namespace Presence.Client;

/// <summary>Objects behind a passphrase.</summary>
public sealed partial class PresenceSession
{
    private const int KeyLength = 32;

    /// <summary>More would let a server keep this machine busy for minutes.</summary>
    private const int MaxIterations = 10_000_000;

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
    public async Task<ServerAnswer> GetWithPassphrase(
        Place place, string passphrase, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(passphrase);
        const string Verb = "GET";

        // The server computes the proof over the full address, so `~` must not stand in it.
        var target = place.Resolve(Account).ToString();
        var answer = await Ask(Verb, target, [("pass", "yes")], body: null, cancellation);
        if (answer is not { Code: 401, Reason: "pass-required" })
            return answer;

        var nonce = answer.Parameters["nonce"] ?? throw NoChallenge();
        var proof = Verifier(answer, passphrase).Prove(nonce, Account.ToString(), Verb, target);
        return await Ask(Verb, target, [("nonce", nonce), ("proof", Base64Url.EncodeToString(proof))], body: null,
            cancellation);
    }

    private static PassphraseVerifier Verifier(ServerAnswer challenge, string passphrase)
    {
        if (!int.TryParse(challenge.Parameters["i"], NumberStyles.None, CultureInfo.InvariantCulture, out var rounds)
            || rounds is < PassphraseVerifier.Iterations or > MaxIterations
            || challenge.Parameters["salt"] is not { Length: > 0 } salt || !Base64Url.IsValid(salt))
            throw NoChallenge();

        var octets = Base64Url.DecodeFromChars(salt);
        var secret = Encoding.UTF8.GetBytes(passphrase.Normalize(NormalizationForm.FormC));
        return new PassphraseVerifier("", octets,
            Rfc2898DeriveBytes.Pbkdf2(secret, octets, rounds, HashAlgorithmName.SHA256, KeyLength));
    }

    private static PipConnectionException NoChallenge() =>
        PipConnectionException.Protocol("its challenge for a passphrase cannot be used");
}
