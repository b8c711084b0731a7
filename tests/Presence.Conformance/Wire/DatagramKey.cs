using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Presence.Conformance.Wire;

/// <summary>Seals and opens datagrams as exchange E10 does: AES-256-GCM, keys by HKDF-Expand-SHA-256.</summary>
/// <param name="uid">Name of the key.</param>
/// <param name="key">32 octets, as UDPKEY minted them.</param>
internal sealed class DatagramKey(string uid, byte[] key)
{
    private const int TagLength = 16;
    private readonly byte[] _toServer = Derived(key, "PIP/1 udp c2s");
    private readonly byte[] _toClient = Derived(key, "PIP/1 udp s2c");

    public byte[] Seal(ulong number, string inner) => Seal(number, Encoding.UTF8.GetBytes(inner));

    public byte[] Seal(ulong number, byte[] inner)
    {
        var line = Encoding.ASCII.GetBytes($"SEAL #{number} {uid} {{{inner.Length + TagLength}}}");
        var sealedOctets = new byte[inner.Length + TagLength];
        using var cipher = new AesGcm(_toServer, TagLength);
        cipher.Encrypt(Nonce(1, number), inner, sealedOctets.AsSpan(0, inner.Length), sealedOctets.AsSpan(inner.Length), line);
        return [.. line, (byte)'\r', (byte)'\n', .. sealedOctets, (byte)'\r', (byte)'\n'];
    }

    /// <summary>The inner frame of a datagram of the server; null if it is none under this key.</summary>
    public string? Open(ReadOnlySpan<byte> datagram)
    {
        var end = datagram.IndexOf((byte)'\n');
        if (end < 1)
            return null;
        var line = datagram[..(datagram[end - 1] == '\r' ? end - 1 : end)];
        var words = Encoding.ASCII.GetString(line).Split(' ');
        if (words is not ["SEAL", ['#', .. var digits], var name, ['{', .. var size, '}']] || name != uid
            || !ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length < TagLength || end + 1 + length > datagram.Length)
            return null;
        var octets = datagram.Slice(end + 1, length);
        var inner = new byte[length - TagLength];
        try
        {
            using var cipher = new AesGcm(_toClient, TagLength);
            cipher.Decrypt(Nonce(2, number), octets[..inner.Length], octets[inner.Length..], inner, line);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return Encoding.UTF8.GetString(inner);
    }

    private static byte[] Derived(byte[] key, string info) =>
        HKDF.Expand(HashAlgorithmName.SHA256, key, 32, Encoding.ASCII.GetBytes(info));

    private static byte[] Nonce(uint direction, ulong number)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(nonce, direction);
        BinaryPrimitives.WriteUInt64BigEndian(nonce.AsSpan(4), number);
        return nonce;
    }
}
