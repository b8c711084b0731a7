using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Presence.Bench.Node;
using Presence.Model.Accounts;

namespace Presence.Bench.Links;

/// <summary>
/// The client's side of SCRAM-SHA-256 (RFC 5802). Keys are kept by salt, as the RFC allows: PBKDF2 is paid once for each
/// account, else the generator and not the server would be what a login measures.
/// </summary>
internal sealed class ScramLogin(string user)
{
    private const string NoBinding = "n,,";
    private static readonly ConcurrentDictionary<(string Salt, int Iterations), ScramKeys> Known = new();
    private readonly string _bare =
        $"n={user},r={Convert.ToBase64String(RandomNumberGenerator.GetBytes(18))}";

    private byte[] _signature = [];

    public byte[] First() => Encoding.UTF8.GetBytes(NoBinding + _bare);

    /// <param name="challenge">What the server answered to <see cref="First"/>.</param>
    /// <exception cref="BenchException">It is no challenge to it.</exception>
    public byte[] Final(byte[] challenge)
    {
        var text = Encoding.UTF8.GetString(challenge);
        var (nonce, salt) = (Attribute(text, 'r'), Attribute(text, 's'));
        if (!nonce.StartsWith(Attribute(_bare, 'r'), StringComparison.Ordinal)
            || !int.TryParse(Attribute(text, 'i'), NumberStyles.None, CultureInfo.InvariantCulture, out var iterations))
            throw new BenchException($"The server's challenge is not understood: {text}");
        var keys = Known.GetOrAdd((salt, iterations), static key =>
            ScramKeys.Derive(Accounts.Password, Convert.FromBase64String(key.Salt), key.Iterations));
        var withoutProof = $"c={Convert.ToBase64String(Encoding.UTF8.GetBytes(NoBinding))},r={nonce}";
        var message = Encoding.UTF8.GetBytes($"{_bare},{text},{withoutProof}");
        _signature = HMACSHA256.HashData(keys.ServerKey, message);
        var proof = HMACSHA256.HashData(keys.StoredKey, message);
        for (var at = 0; at < proof.Length; at++)
            proof[at] ^= keys.ClientKey[at];
        return Encoding.UTF8.GetBytes($"{withoutProof},p={Convert.ToBase64String(proof)}");
    }

    /// <exception cref="BenchException">The server does not know the keys.</exception>
    public void Verify(byte[] verdict)
    {
        var expected = $"v={Convert.ToBase64String(_signature)}";
        if (!Encoding.UTF8.GetString(verdict).Split(',').Contains(expected, StringComparer.Ordinal))
            throw new BenchException($"The server does not know the keys of {user}.");
    }

    private static string Attribute(string text, char name) =>
        Array.Find(text.Split(','), part => part.StartsWith($"{name}=", StringComparison.Ordinal))?[2..] ?? "";
}
