using System.Buffers.Text;

namespace Presence.Bench.Links;

/// <summary>Reads the numbers that the generator's names and marks carry.</summary>
internal static class UserNumber
{
    /// <summary>7 for an address that begins with bench7; -1 for another.</summary>
    public static int Of(ReadOnlySpan<byte> address) =>
        address.StartsWith("bench"u8) && Utf8Parser.TryParse(address[5..], out int number, out _) ? number : -1;

    /// <summary>The decimal number behind one letter, such as <c>c17</c>; -1 if it is none.</summary>
    public static int Mark(ReadOnlySpan<byte> value) =>
        value.Length > 1 && Utf8Parser.TryParse(value[1..], out int number, out var used) && used == value.Length - 1
            ? number
            : -1;
}
