using System.Globalization;
using System.Text;

namespace Presence.Testing.Wire;

/// <summary>Values on a line: UTF-8 with `%XX`, capital hex digits, decoded once.</summary>
internal static class PercentText
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <exception cref="WireException">A bad escape, not UTF-8 after decoding, or U+0000.</exception>
    public static string Decode(string value)
    {
        if (!value.Contains('%', StringComparison.Ordinal))
            return value;
        var octets = Encoding.UTF8.GetBytes(value);
        var count = 0;
        for (var i = 0; i < octets.Length; i++)
        {
            if (octets[i] != '%')
            {
                octets[count++] = octets[i];
                continue;
            }

            if (i + 2 >= octets.Length || !IsHex(octets[i + 1]) || !IsHex(octets[i + 2]))
                throw new WireException($"a bad percent escape: {value}");
            var digits = $"{(char)octets[i + 1]}{(char)octets[i + 2]}";
            octets[count++] = byte.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            i += 2;
        }

        return Text(octets.AsSpan(0, count), value);
    }

    private static string Text(ReadOnlySpan<byte> octets, string value)
    {
        if (octets.Contains((byte)0))
            throw new WireException($"U+0000 in a value: {value}");
        try
        {
            return Utf8.GetString(octets);
        }
        catch (ArgumentException)
        {
            throw new WireException($"a value that is not UTF-8: {value}");
        }
    }

    private static bool IsHex(byte octet) => octet is >= (byte)'0' and <= (byte)'9' or >= (byte)'A' and <= (byte)'F';
}
