using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Presence.Testing.Wire;

/// <summary>
/// The client side of SCRAM-SHA-256 (RFC 5802, RFC 7677) without channel binding. Passwords of stories are ASCII,
/// so no string preparation is needed. <paramref name="flag"/> is `n`, or `y` to feign a stripped -PLUS list.
/// </summary>
internal sealed class ScramClient(string user, string password, string nonce, char flag = 'n')
{
    private const int MostRounds = 1_000_000;
    private string _authMessage = "";
    private byte[] _salted = [];

    public string Salt { get; private set; } = "";

    public string ClientFirst => $"{flag},,{Bare}";

    private string Bare => $"n={user.Replace("=", "=3D", StringComparison.Ordinal)
        .Replace(",", "=2C", StringComparison.Ordinal)},r={nonce}";

    public static string FreshNonce() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));

    /// <exception cref="WireException">The challenge lacks an attribute or does not extend our nonce.</exception>
    public string ClientFinal(string serverFirst)
    {
        var serverNonce = Attribute(serverFirst, 'r');
        if (!serverNonce.StartsWith(nonce, StringComparison.Ordinal) || serverNonce.Length == nonce.Length)
            throw new WireException($"the SCRAM challenge does not extend the nonce: {serverFirst}");
        if (!int.TryParse(Attribute(serverFirst, 'i'), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds)
            || rounds is < 1 or > MostRounds)
            throw new WireException($"the SCRAM challenge has a bad iteration count: {serverFirst}");
        Salt = Attribute(serverFirst, 's');
        _salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), Convert.FromBase64String(Salt), rounds,
            HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);

        var binding = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{flag},,"));
        var withoutProof = $"c={binding},r={serverNonce}";
        _authMessage = $"{Bare},{serverFirst},{withoutProof}";
        var clientKey = Mac(_salted, "Client Key");
        var proof = Mac(SHA256.HashData(clientKey), _authMessage);
        for (var i = 0; i < proof.Length; i++)
            proof[i] ^= clientKey[i];
        return $"{withoutProof},p={Convert.ToBase64String(proof)}";
    }

    /// <returns>True when the server has proven that it knows the verifier.</returns>
    public bool Proves(string serverFinal) =>
        serverFinal.StartsWith("v=", StringComparison.Ordinal)
        && Attribute(serverFinal, 'v') == Convert.ToBase64String(Mac(Mac(_salted, "Server Key"), _authMessage));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Attribute(string message, char name)
    {
        foreach (var part in message.Split(','))
        {
            if (part.Length > 2 && part[0] == name && part[1] == '=')
                return part[2..];
        }

        throw new WireException($"SCRAM message without {name}=: {message}");
    }
}
