namespace Presence.V1.Typed;

/// <summary>
/// Fields of one message in the wire format of protobuf (protobuf.dev, "Encoding"), in a buffer that grows and is used again.
/// </summary>
internal sealed class MessageOctets
{
    /// <summary>Octets of the longest number.</summary>
    public const int MaxNumber = 10;

    /// <summary>In octets: what was longer leaves no buffer behind.</summary>
    private const int GreatestSpare = 16 * 1024;

    private const int Least = 512;
    private const int Bits = 7;
    private const byte More = 0x80;

    private byte[] _octets = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _octets.AsSpan(0, Length);

    /// <summary>Begins anew, behind as many octets as are to be written by <see cref="Before"/>.</summary>
    public void Begin(int behind = 0)
    {
        if (_octets.Length > GreatestSpare)
            _octets = [];
        Length = 0;
        Take(behind);
    }

    public void Number(int field, long value)
    {
        Length += PutNumber(Room(2 * MaxNumber), Tag(field, WireType.Number), value);
    }

    public void Octets(int field, ReadOnlySpan<byte> octets)
    {
        Length += PutNumber(Room(2 * MaxNumber), Tag(field, WireType.Octets), octets.Length);
        Append(octets);
    }

    /// <summary>A message of two numbers, as times and spans are. Zero is not written.</summary>
    public void Pair(int field, long first, long second)
    {
        Span<byte> content = stackalloc byte[4 * MaxNumber];
        var length = first == 0 ? 0 : PutNumber(content, Tag(1, WireType.Number), first);
        if (second != 0)
            length += PutNumber(content[length..], Tag(2, WireType.Number), second);
        Octets(field, content[..length]);
    }

    public void Append(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(Room(octets.Length));
        Length += octets.Length;
    }

    /// <summary>Writes in front of what is written already. Gives the place at which the octets begin now.</summary>
    /// <param name="begin">Where they began until now.</param>
    public int Before(int begin, ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(_octets.AsSpan(begin - octets.Length));
        return begin - octets.Length;
    }

    /// <summary>Valid until the next <see cref="Begin"/>.</summary>
    public ReadOnlyMemory<byte> From(int begin) => _octets.AsMemory(begin, Length - begin);

    /// <summary>The beginning of a field whose content has this length.</summary>
    public static int PutHead(Span<byte> space, int field, int length) => PutNumber(space, Tag(field, WireType.Octets), length);

    public static int PutField(Span<byte> space, int field, long value) => PutNumber(space, Tag(field, WireType.Number), value);

    private static int PutNumber(Span<byte> space, long tag, long value)
    {
        var length = Put(space, (ulong)tag);
        return length + Put(space[length..], (ulong)value);
    }

    private static int Put(Span<byte> space, ulong value)
    {
        var length = 0;
        for (; value >= More; value >>= Bits)
            space[length++] = (byte)(value | More);
        space[length++] = (byte)value;
        return length;
    }

    private static long Tag(int field, WireType type) => ((long)field << 3) | (long)type;

    private void Take(int count)
    {
        Room(count);
        Length += count;
    }

    private Span<byte> Room(int count)
    {
        if (_octets.Length - Length < count)
            Array.Resize(ref _octets, Math.Max(Math.Max(Least, 2 * _octets.Length), Length + count));
        return _octets.AsSpan(Length);
    }

    private enum WireType
    {
        Number = 0,
        Octets = 2,
    }
}
