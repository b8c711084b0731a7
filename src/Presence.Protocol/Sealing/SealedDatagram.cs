using System.Text;

namespace Presence.Protocol.Sealing;

/// <summary>
/// A datagram taken apart: exactly one frame <c>SEAL #n uid {length}</c> and nothing behind it (docs/protocol/transports.md,
/// "UDP"). That it has this shape says nothing yet of who sent it.
/// </summary>
public readonly ref struct SealedDatagram
{
    /// <summary>Octets of the longest datagram: 1 200. Longer ones are not looked at.</summary>
    public const int MaxOctets = 1200;

    /// <summary>Characters of the longest name of a key.</summary>
    public const int MaxName = 32;

    private const int MaxSequenceDigits = 18;

    private SealedDatagram(long sequence, string name, ReadOnlySpan<byte> line, ReadOnlySpan<byte> ciphertext)
    {
        Sequence = sequence;
        Name = name;
        Line = line;
        Ciphertext = ciphertext;
    }

    /// <summary>n, from 1.</summary>
    public long Sequence { get; }

    /// <summary>Name of the key (<c>uid</c>).</summary>
    public string Name { get; }

    /// <summary>The control line without its terminator: the associated data.</summary>
    public ReadOnlySpan<byte> Line { get; }

    /// <summary>Ciphertext and authentication tag.</summary>
    public ReadOnlySpan<byte> Ciphertext { get; }

    /// <summary>False for whatever is not exactly one well-formed SEAL frame of at most 1 200 octets.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out SealedDatagram sealedDatagram)
    {
        sealedDatagram = default;
        if (datagram.Length > MaxOctets || !datagram.StartsWith("SEAL #"u8))
            return false;
        var end = datagram.IndexOf((byte)'\n');
        if (end < 0)
            return false;
        var line = datagram[..end];
        if (line is [.., (byte)'\r'])
            line = line[..^1];

        var rest = line["SEAL #"u8.Length..];
        if (!TryNumber(ref rest, (byte)' ', out var sequence) || sequence == 0
            || !TryName(ref rest, out var name)
            || rest is not [(byte)'{', ..] || !TryBody(rest[1..], datagram[(end + 1)..], out var body))
            return false;
        sealedDatagram = new SealedDatagram(sequence, name, line, body);
        return true;
    }

    private static bool TryBody(ReadOnlySpan<byte> size, ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> body)
    {
        body = default;
        if (!TryNumber(ref size, (byte)'}', out var length) || !size.IsEmpty || length > rest.Length)
            return false;
        body = rest[..(int)length];
        return rest[(int)length..] is [(byte)'\r', (byte)'\n'] or [(byte)'\n'];
    }

    /// <summary>Digits without a leading zero up to the given octet, which is taken too.</summary>
    private static bool TryNumber(ref ReadOnlySpan<byte> rest, byte until, out long number)
    {
        number = 0;
        var end = rest.IndexOf(until);
        if (end is < 1 or > MaxSequenceDigits || (rest[0] == '0' && end > 1))
            return false;
        foreach (var octet in rest[..end])
        {
            if (octet is < (byte)'0' or > (byte)'9')
                return false;
            number = (number * 10) + (octet - '0');
        }

        rest = rest[(end + 1)..];
        return true;
    }

    private static bool TryName(ref ReadOnlySpan<byte> rest, out string name)
    {
        name = "";
        var end = rest.IndexOf((byte)' ');
        if (end is < 1 or > MaxName)
            return false;
        foreach (var octet in rest[..end])
        {
            if (!char.IsAsciiLetterOrDigit((char)octet) && octet is not ((byte)'-' or (byte)'_' or (byte)'.'))
                return false;
        }

        name = Encoding.ASCII.GetString(rest[..end]);
        rest = rest[(end + 1)..];
        return true;
    }
}
