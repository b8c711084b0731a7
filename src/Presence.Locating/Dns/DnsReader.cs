using System.Buffers.Binary;
using System.Text;

namespace Presence.Locating.Dns;

/// <summary>
/// Reads a message from front to back. What it costs is bounded whatever the octets are: a name has at most 255 octets,
/// and a pointer leads backwards only, so that there is no circle (RFC 1035, section 4.1.4).
/// </summary>
internal ref struct DnsReader(ReadOnlySpan<byte> message, int at = 0)
{
    private const int MaxName = 255;
    private const byte Pointer = 0xC0;

    private readonly ReadOnlySpan<byte> _message = message;

    public int At { get; private set; } = at;

    /// <exception cref="DnsFormatException">The message ends too soon.</exception>
    public byte ReadByte() => Take(1)[0];

    /// <exception cref="DnsFormatException">The message ends too soon.</exception>
    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    /// <exception cref="DnsFormatException">The message ends too soon.</exception>
    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <exception cref="DnsFormatException">The message ends too soon.</exception>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _message.Length - At)
            throw new DnsFormatException("it ends too soon");
        var taken = _message.Slice(At, count);
        At += count;
        return taken;
    }

    /// <summary>
    /// A name in lower case without the final dot; empty for the root. An octet that no host name has becomes <c>?</c>.
    /// </summary>
    /// <exception cref="DnsFormatException">The name is too long, or points forward.</exception>
    public string ReadName()
    {
        var name = new StringBuilder();
        var octets = 1;
        var start = At;
        var end = -1;
        while (true)
        {
            var length = ReadByte();
            if (length == 0)
                break;
            if ((length & Pointer) == Pointer)
            {
                var target = (length & ~Pointer) << 8 | ReadByte();
                end = end < 0 ? At : end;
                if (target >= start)
                    throw new DnsFormatException("a name points forward");
                At = start = target;
                continue;
            }

            // The two other values of the first two bits were never given a meaning.
            octets += 1 + length;
            if ((length & Pointer) != 0 || octets > MaxName)
                throw new DnsFormatException("a name is too long");
            Append(name, Take(length));
        }

        At = end < 0 ? At : end;
        return name.ToString();
    }

    private static void Append(StringBuilder name, ReadOnlySpan<byte> label)
    {
        if (name.Length > 0)
            name.Append('.');
        foreach (var octet in label)
            name.Append(Plain((char)octet));
    }

    private static char Plain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? char.ToLowerInvariant(c) : '?';
}
