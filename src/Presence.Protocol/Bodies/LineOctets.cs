using System.Buffers;

namespace Presence.Protocol.Bodies;

internal static class LineOctets
{
    private static readonly SearchValues<byte> NeverInItem =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(octet => (byte)octet), .. "{}\x7F"u8]);

    /// <summary>Index of the first octet that cannot be part of an item, which should be its line end.</summary>
    public static int IndexOfEnd(ReadOnlySpan<byte> rest) => rest.IndexOfAny(NeverInItem);
}
