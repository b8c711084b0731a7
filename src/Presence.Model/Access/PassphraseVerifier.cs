using System.Security.Cryptography;
using System.Text;

namespace Presence.Model.Access;

/// <summary>
/// What is kept of an object passphrase, and the proof of knowing it (docs/protocol/access.md, "Passphrases"). The passphrase itself is
/// never kept and never sent.
/// </summary>
/// <param name="Id">Name in <c>pass:id</c>, 1–64 token characters.</param>
/// <param name="Salt">16 random octets.</param>
/// <param name="Key">PBKDF2-SHA-256 of the passphrase, 32 octets.</param>
public sealed record PassphraseVerifier(string Id, ReadOnlyMemory<byte> Salt, ReadOnlyMemory<byte> Key)
{
    /// <summary>PBKDF2 iterations. One number for all, so that made-up salts look like true ones.</summary>
    public const int Iterations = 20_000;

    public const int SaltLength = 16;

    private const int KeyLength = 32;
    private const string Label = "PIP/1 pass";

    public static PassphraseVerifier Derive(string id, string passphrase, ReadOnlyMemory<byte> salt) => new(
        id, salt, Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(passphrase.Normalize(NormalizationForm.FormC)), salt.Span, Iterations,
            HashAlgorithmName.SHA256, KeyLength));

    /// <summary>The proof for one request: bound to nonce, requester, verb and target.</summary>
    public byte[] Prove(string nonce, string requester, string verb, string target) => HMACSHA256.HashData(
        Key.Span, Encoding.UTF8.GetBytes($"{Label}\0{nonce}\0{requester}\0{verb}\0{target}"));

    /// <summary>Compares in constant time.</summary>
    public bool Accepts(ReadOnlySpan<byte> proof, string nonce, string requester, string verb, string target) =>
        CryptographicOperations.FixedTimeEquals(proof, Prove(nonce, requester, verb, target));
}
