using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Presence.Testing.Wire;

/// <summary>
/// The client's end of one key for sealed datagrams. Written from the specification and sharing no code with the product.
/// Numbers go on from one address to the next: they never start again under one key.
/// </summary>
public sealed class SealedClient(string uid, byte[] key)
{
    private const int TagLength = 16;

    private readonly byte[] _toServer = Derive(key, "PIP/1 udp c2s");
    private readonly byte[] _fromServer = Derive(key, "PIP/1 udp s2c");
    private readonly HashSet<long> _seen = [];

    /// <summary>Number of the last datagram sealed; a test may turn it back or forward.</summary>
    public long Sent { get; set; }

    public string Uid => uid;

    public byte[] Seal(string inner) => Seal(Encoding.UTF8.GetBytes(inner));

    public byte[] Seal(byte[] inner)
    {
        var sequence = ++Sent;
        var line = Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"SEAL #{sequence} {uid} {{{inner.Length + TagLength}}}"));
        var ciphertext = new byte[inner.Length];
        var tag = new byte[TagLength];
        using var cipher = new AesGcm(_toServer, TagLength);
        cipher.Encrypt(Nonce(1, sequence), inner, ciphertext, tag, line);
        return [.. line, 13, 10, .. ciphertext, .. tag, 13, 10];
    }

    /// <summary>The inner frame.</summary>
    /// <exception cref="WireException">It is no new datagram of this key, or longer than 1 200 octets.</exception>
    public byte[] Open(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length > 1200)
            throw new WireException($"a datagram of {datagram.Length} octets");
        var end = datagram.IndexOf("\r\n"u8);
        var words = Encoding.ASCII.GetString(datagram[..Math.Max(0, end)]).Split(' ');
        if (words is not ["SEAL", ['#', .. var digits], var name, ['{', .. var size, '}']] || name != uid)
            throw new WireException($"no datagram of {uid}: {string.Join(' ', words)}");
        var body = datagram[(end + 2)..^2];
        if (body.Length != int.Parse(size, CultureInfo.InvariantCulture) || !datagram[^2..].SequenceEqual("\r\n"u8))
            throw new WireException($"a datagram that is not one frame: {string.Join(' ', words)}");

        var sequence = long.Parse(digits, CultureInfo.InvariantCulture);
        var inner = new byte[body.Length - TagLength];
        using var cipher = new AesGcm(_fromServer, TagLength);
        try
        {
            cipher.Decrypt(Nonce(2, sequence), body[..^TagLength], body[^TagLength..], inner, datagram[..end]);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new WireException($"a datagram that does not open: {string.Join(' ', words)}");
        }

        return _seen.Add(sequence) ? inner : throw new WireException($"the number {sequence} was used twice");
    }

    // One block is all of HKDF-Expand that 32 octets need (RFC 5869, 2.3).
    private static byte[] Derive(byte[] key, string info) =>
        HMACSHA256.HashData(key, (byte[])[.. Encoding.ASCII.GetBytes(info), 1]);

    private static byte[] Nonce(int direction, long sequence)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteInt32BigEndian(nonce, direction);
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(4), sequence);
        return nonce;
    }
}
