using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Presence.Model.Access;
using Presence.Model.Accounts;

namespace Presence.Sessions.Authentication;

/// <summary>
/// Nonces for proofs of passphrases, and the count of wrong guesses (docs/protocol/access.md, "Passphrases"). A nonce carries
/// its own seal, so giving one out costs no memory; it is good at the gateway that gave it out, once, for 60 s, and
/// for one requester, verb and target.
/// </summary>
internal sealed class PassphraseChallenges(UnknownAccountSalt unknown)
{
    private const int MaxGuesses = 5;
    private const int StampLength = 16;
    private const int SealLength = 16;
    private static readonly TimeSpan NonceLife = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan GuessWindow = TimeSpan.FromHours(1);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Guesses> _guesses = new(StringComparer.Ordinal);

    /// <summary>The salt of an object that has no passphrase: the same for ever, and like a true one.</summary>
    public byte[] MadeUpSalt(string target) =>
        unknown.For($"passphrase\0{target}").Salt[..PassphraseVerifier.SaltLength].ToArray();

    public string Issue(string requester, string verb, string target, DateTimeOffset now)
    {
        var octets = new byte[StampLength + SealLength];
        RandomNumberGenerator.Fill(octets.AsSpan(0, 8));
        BitConverter.TryWriteBytes(octets.AsSpan(8, 8), (now + NonceLife).UtcTicks);
        Seal(octets.AsSpan(0, StampLength), requester, verb, target).CopyTo(octets.AsSpan(StampLength));
        return Base64Url.EncodeToString(octets);
    }

    /// <summary>True once for a nonce that was given out for exactly this, less than a minute ago.</summary>
    public bool Redeem(string nonce, string requester, string verb, string target, DateTimeOffset now)
    {
        Span<byte> octets = stackalloc byte[StampLength + SealLength];
        if (!Base64Url.IsValid(nonce, out var length) || length != octets.Length
            || !Base64Url.TryDecodeFromChars(nonce, octets, out _))
            return false;
        var expected = Seal(octets[..StampLength], requester, verb, target);
        if (!CryptographicOperations.FixedTimeEquals(octets[StampLength..], expected)
            || BitConverter.ToInt64(octets[8..]) <= now.UtcTicks)
            return false;
        foreach (var (old, until) in _used)
        {
            if (until <= now)
                _used.TryRemove(old, out _);
        }

        return _used.TryAdd(nonce, now + NonceLife);
    }

    /// <summary>How long the guesser must wait before another try; null if he may try.</summary>
    public TimeSpan? RetryAfter(string guesser, DateTimeOffset now) =>
        _guesses.GetValueOrDefault(guesser) is { Count: >= MaxGuesses } guesses && guesses.Until > now
            ? guesses.Until - now
            : null;

    public void Failed(string guesser, DateTimeOffset now)
    {
        foreach (var (other, guesses) in _guesses)
        {
            if (guesses.Until <= now)
                _guesses.TryRemove(other, out _);
        }

        _guesses.AddOrUpdate(
            guesser, _ => new Guesses(1, now + GuessWindow), (_, guesses) => guesses with { Count = guesses.Count + 1 });
    }

    private byte[] Seal(ReadOnlySpan<byte> stamp, string requester, string verb, string target) => HMACSHA256.HashData(
        _key, (byte[])[.. stamp, .. Encoding.UTF8.GetBytes($"\0{requester}\0{verb}\0{target}")])[..SealLength];

    private sealed record Guesses(int Count, DateTimeOffset Until);
}
