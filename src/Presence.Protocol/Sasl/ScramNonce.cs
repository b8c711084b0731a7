using System.Security.Cryptography;

namespace Presence.Protocol.Sasl;

/// <summary>The nonces of RFC 5802: printable ASCII without the comma.</summary>
public static class ScramNonce
{
    /// <summary>Longest nonce accepted from one side, in octets.</summary>
    public const int MaxLength = 256;

    private const int RandomOctets = 18;

    /// <summary>A fresh nonce: 144 random bits in 24 characters.</summary>
    public static string Fresh() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(RandomOctets));

    internal static bool IsNonce(ReadOnlySpan<char> text, int maxLength = MaxLength)
    {
        if (text.Length == 0 || text.Length > maxLength)
            return false;
        foreach (var c in text)
        {
            if (c is < '!' or > '~' or ',')
                return false;
        }

        return true;
    }

    internal static string Take(Func<string> source)
    {
        var nonce = source();
        return IsNonce(nonce)
            ? nonce
            : throw new InvalidOperationException("The nonce source gave something that is no SCRAM nonce.");
    }
}
