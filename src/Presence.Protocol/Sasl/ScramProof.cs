using System.Security.Cryptography;
using Presence.Model.Accounts;

namespace Presence.Protocol.Sasl;

/// <summary>Proofs and signatures over the whole exchange (RFC 5802 section 3).</summary>
internal static class ScramProof
{
    public static byte[] AuthMessage(string clientFirstBare, string serverFirst, string clientFinalWithoutProof) =>
        ScramText.Encode($"{clientFirstBare},{serverFirst},{clientFinalWithoutProof}");

    public static byte[] Make(ScramKeys keys, byte[] authMessage) =>
        Xor(keys.ClientKey, HMACSHA256.HashData(keys.StoredKey, authMessage));

    public static bool Check(byte[] proof, ScramVerifier verifier, byte[] authMessage)
    {
        var clientKey = Xor(proof, HMACSHA256.HashData(verifier.StoredKey, authMessage));
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(clientKey), verifier.StoredKey);
    }

    public static byte[] ServerSignature(byte[] serverKey, byte[] authMessage) =>
        HMACSHA256.HashData(serverKey, authMessage);

    private static byte[] Xor(byte[] left, byte[] right)
    {
        var result = new byte[left.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = (byte)(left[i] ^ right[i]);
        return result;
    }
}
