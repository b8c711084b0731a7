using System.Security.Cryptography;
using System.Text;

namespace Presence.Model.Accounts;

/// <summary>
/// The keys that SCRAM-SHA-256 derives from a password (RFC 5802 section 3, RFC 7677). Only a client holds all three;
/// a server keeps <see cref="StoredKey"/> and <see cref="ServerKey"/> in a <see cref="ScramVerifier"/>.
/// </summary>
public sealed class ScramKeys
{
    /// <summary>Length of every key, proof and signature of SCRAM-SHA-256, in octets.</summary>
    public const int KeyLength = SHA256.HashSizeInBytes;

    private ScramKeys(byte[] clientKey, byte[] serverKey)
    {
        ClientKey = clientKey;
        StoredKey = SHA256.HashData(clientKey);
        ServerKey = serverKey;
    }

    public byte[] ClientKey { get; }

    public byte[] StoredKey { get; }

    public byte[] ServerKey { get; }

    /// <summary>
    /// Runs PBKDF2-HMAC-SHA-256 over the prepared password (see <see cref="PasswordPreparation"/>). The caller bounds
    /// <paramref name="iterations"/>; a number below 1 throws <see cref="ArgumentOutOfRangeException"/>.
    /// </summary>
    public static ScramKeys Derive(string preparedPassword, ReadOnlySpan<byte> salt, int iterations)
    {
        ArgumentNullException.ThrowIfNull(preparedPassword);
        var password = Encoding.UTF8.GetBytes(preparedPassword);
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, KeyLength);
        CryptographicOperations.ZeroMemory(password);
        return OfSalted(salted);
    }

    /// <summary>The same for many passwords at once, in their order.</summary>
    internal static IReadOnlyList<ScramKeys> DeriveMany(
        IReadOnlyList<(string PreparedPassword, byte[] Salt)> passwords, int iterations)
    {
        SaltedPassword[] octets =
            [.. passwords.Select(one => new SaltedPassword(Encoding.UTF8.GetBytes(one.PreparedPassword), one.Salt))];
        var salted = BulkKeyDerivation.Derive(octets, iterations);
        foreach (var one in octets)
            CryptographicOperations.ZeroMemory(one.Password);
        return [.. salted.Select(OfSalted)];
    }

    /// <summary>Takes the salted password, and wipes it.</summary>
    private static ScramKeys OfSalted(byte[] salted)
    {
        var keys = new ScramKeys(
            HMACSHA256.HashData(salted, "Client Key"u8),
            HMACSHA256.HashData(salted, "Server Key"u8));
        CryptographicOperations.ZeroMemory(salted);
        return keys;
    }
}
