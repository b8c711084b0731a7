using System.Buffers.Binary;
using System.Text;

namespace Presence.Locating.Dns;

/// <summary>What is asked, and how it looks on the wire.</summary>
/// <param name="Name">In lower case, without the final dot.</param>
/// <param name="Type">The type wanted.</param>
internal sealed record DnsQuestion(string Name, RecordType Type)
{
    public const ushort Internet = 1;

    /// <summary>Largest datagram that we say we take: what passes every network without fragments.</summary>
    public const ushort DatagramSize = 1232;

    private const ushort RecursionDesired = 0x0100;
    private const int MaxName = 253;
    private const int MaxLabel = 63;

    /// <summary>False if no such name can exist, so that nobody need be asked.</summary>
    public bool IsPossible =>
        Name.Length is > 0 and <= MaxName && Name.Split('.').All(label => label.Length is > 0 and <= MaxLabel);

    /// <summary>The query.</summary>
    /// <param name="id">A number that cannot be guessed.</param>
    /// <param name="isExtended">With EDNS (RFC 6891), which servers of old do not know.</param>
    public byte[] Write(ushort id, bool isExtended)
    {
        var octets = new List<byte>(Name.Length + 32);
        Add(octets, id, RecursionDesired, 1, 0, 0, (ushort)(isExtended ? 1 : 0));
        foreach (var label in Name.Split('.'))
        {
            octets.Add((byte)label.Length);
            octets.AddRange(Encoding.ASCII.GetBytes(label));
        }

        octets.Add(0);
        Add(octets, (ushort)Type, Internet);
        if (isExtended)
        {
            // The root's name, then class = size, no flags, no options.
            octets.Add(0);
            Add(octets, (ushort)RecordType.Options, DatagramSize, 0, 0, 0);
        }

        return [.. octets];
    }

    private static void Add(List<byte> octets, params ReadOnlySpan<ushort> numbers)
    {
        Span<byte> two = stackalloc byte[2];
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteUInt16BigEndian(two, number);
            octets.AddRange(two);
        }
    }
}
