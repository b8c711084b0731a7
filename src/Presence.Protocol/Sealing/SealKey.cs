using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Presence.Protocol.Sealing;

/// <summary>
/// One direction of one key: AES-256-GCM under a key of its own, so that no nonce is ever used twice
/// (docs/protocol/transports.md, "UDP"; RFC 5869, RFC 5116). Not for two threads at once.
/// </summary>
public sealed class SealKey : IDisposable
{
    /// <summary>Octets of the key that UDPKEY mints: 32.</summary>
    public const int MasterLength = 32;

    /// <summary>Octets by which the ciphertext is longer than the inner frame: 16.</summary>
    public const int TagLength = 16;

    private const int NonceLength = 12;

    private readonly SealDirection _direction;
    private readonly AesGcm _cipher;

    /// <exception cref="ArgumentException">The master key has not 32 octets.</exception>
    public SealKey(ReadOnlySpan<byte> master, SealDirection direction)
    {
        if (master.Length != MasterLength)
            throw new ArgumentException("The key has 32 octets.", nameof(master));
        _direction = direction;
        Span<byte> own = stackalloc byte[MasterLength];
        var info = direction == SealDirection.ClientToServer ? "PIP/1 udp c2s"u8 : "PIP/1 udp s2c"u8;
        HKDF.Expand(HashAlgorithmName.SHA256, master, own, info);
        _cipher = new AesGcm(own, TagLength);
        CryptographicOperations.ZeroMemory(own);
    }

    /// <summary>Octets of the datagram that an inner frame of this length becomes.</summary>
    public static int SealedLength(int inner, long sequence, string name)
    {
        var body = inner + TagLength;
        return "SEAL #  {}\r\n\r\n".Length + Digits(sequence) + name.Length + Digits(body) + body;
    }

    /// <summary>Seals one frame. The caller never gives the same number twice.</summary>
    public byte[] Seal(long sequence, string name, ReadOnlySpan<byte> inner)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        var datagram = new byte[SealedLength(inner.Length, sequence, name)];
        var line = $"SEAL #{sequence} {name} {{{inner.Length + TagLength}}}\r\n";
        var length = Encoding.ASCII.GetBytes(line, datagram);
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteNonce(nonce, sequence);
        var body = datagram.AsSpan(length, inner.Length + TagLength);
        _cipher.Encrypt(
            nonce, inner, body[..inner.Length], body[inner.Length..], datagram.AsSpan(0, length - "\r\n".Length));
        "\r\n"u8.CopyTo(datagram.AsSpan(length + body.Length));
        return datagram;
    }

    /// <summary>False if the datagram was not sealed with this key, or was changed on its way.</summary>
    public bool TryOpen(in SealedDatagram datagram, out byte[] inner)
    {
        inner = [];
        if (datagram.Ciphertext.Length < TagLength)
            return false;
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteNonce(nonce, datagram.Sequence);
        var opened = new byte[datagram.Ciphertext.Length - TagLength];
        try
        {
            _cipher.Decrypt(
                nonce, datagram.Ciphertext[..opened.Length], datagram.Ciphertext[opened.Length..], opened, datagram.Line);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        inner = opened;
        return true;
    }

    public void Dispose() => _cipher.Dispose();

    private void WriteNonce(Span<byte> nonce, long sequence)
    {
        BinaryPrimitives.WriteInt32BigEndian(nonce, (int)_direction);
        BinaryPrimitives.WriteInt64BigEndian(nonce[sizeof(int)..], sequence);
    }

    private static int Digits(long number)
    {
        var digits = 1;
        while ((number /= 10) > 0)
            digits++;
        return digits;
    }
}
