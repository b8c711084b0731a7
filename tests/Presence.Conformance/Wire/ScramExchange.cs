using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Presence.Conformance.Run;

namespace Presence.Conformance.Wire;

/// <summary>
/// The client side of SCRAM-SHA-256 (RFC 5802, RFC 7677) with any gs2 header and channel-binding data, also wrong ones.
/// </summary>
/// <param name="header">"n,,", "y,," or "p=tls-server-end-point,,".</param>
/// <param name="binding">Channel-binding data; empty without binding.</param>
internal sealed class ScramExchange(string user, string password, string header = "n,,", byte[]? binding = null)
{
    private const int MostRounds = 1_000_000;
    private readonly string _nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
    private string _authMessage = "";
    private byte[] _salted = [];

    /// <summary>Base64, as a server sent it.</summary>
    public string Salt { get; private set; } = "";

    public int Rounds { get; private set; }

    public string ClientFirst => header + Bare;

    private string Bare => $"n={user.Replace("=", "=3D", StringComparison.Ordinal)
        .Replace(",", "=2C", StringComparison.Ordinal)},r={_nonce}";

    /// <exception cref="CheckFailedException">The challenge is not one.</exception>
    public string ClientFinal(string serverFirst)
    {
        var nonce = Attribute(serverFirst, 'r');
        if (!nonce.StartsWith(_nonce, StringComparison.Ordinal) || nonce.Length == _nonce.Length)
            throw new CheckFailedException($"the SCRAM challenge does not extend the client's nonce: {serverFirst}");
        if (!int.TryParse(Attribute(serverFirst, 'i'), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds)
            || rounds is < 1 or > MostRounds)
            throw new CheckFailedException($"the SCRAM challenge has a bad iteration count: {serverFirst}");
        Salt = Attribute(serverFirst, 's');
        Rounds = rounds;
        _salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormKC)),
            Convert.FromBase64String(Salt), rounds, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        byte[] bound = [.. Encoding.ASCII.GetBytes(header), .. binding ?? []];
        var withoutProof = $"c={Convert.ToBase64String(bound)},r={nonce}";
        _authMessage = $"{Bare},{serverFirst},{withoutProof}";
        var clientKey = Mac(_salted, "Client Key");
        var proof = Mac(SHA256.HashData(clientKey), _authMessage);
        for (var i = 0; i < proof.Length; i++)
            proof[i] ^= clientKey[i];
        return $"{withoutProof},p={Convert.ToBase64String(proof)}";
    }

    /// <summary>True when the server has proven that it knows the verifier.</summary>
    public bool Proves(string serverFinal) =>
        Attribute(serverFinal, 'v') == Convert.ToBase64String(Mac(Mac(_salted, "Server Key"), _authMessage));

    /// <exception cref="CheckFailedException">There is none.</exception>
    public static string Attribute(string message, char name) =>
        Find(message, name) ?? throw new CheckFailedException($"the SCRAM message has no {name}=: {message}");

    public static string? Find(string message, char name) =>
        message.Split(',').FirstOrDefault(part => part.Length > 1 && part[0] == name && part[1] == '=')?[2..];

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
