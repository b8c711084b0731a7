using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Presence.Client.Connections;
using Presence.Model.Access;
using Presence.Model.Addresses;

namespace Presence.Client.Requests;

/// <summary>
/// GET or SUB of a place behind a passphrase: a challenge, and the proof (docs/protocol/access.md, "Passphrases").
/// </summary>
/// <param name="account">Whose proof it is.</param>
/// <param name="ask">Sends a request with a target and parameters.</param>
internal sealed class PassphraseRequest(
    Address account, Func<string, string, IReadOnlyList<(string Name, string? Value)>, Task<ServerAnswer>> ask)
{
    private const int KeyLength = 32;

    /// <summary>More would let a server keep this machine busy for minutes.</summary>
    private const int MaxIterations = 10_000_000;

    public async Task<ServerAnswer> Run(
        string verb, Place place, string passphrase, params (string Name, string? Value)[] parameters)
    {
        // The server computes the proof over the full address, so `~` must not stand in it.
        var target = place.Resolve(account).ToString();
        var answer = await ask(verb, target, [.. parameters, ("pass", "yes")]);
        if (answer is not { Code: 401, Reason: "pass-required" })
            return answer;

        var nonce = answer.Parameters["nonce"] ?? throw NoChallenge();
        var proof = Verifier(answer, passphrase).Prove(nonce, account.ToString(), verb, target);
        return await ask(verb, target, [.. parameters, ("nonce", nonce), ("proof", Base64Url.EncodeToString(proof))]);
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
