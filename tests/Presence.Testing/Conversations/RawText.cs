using System.Globalization;
using System.Text;

namespace Presence.Testing.Conversations;

/// <summary>
/// Octets written as text: UTF-8 with `\r \n \t \0 \\ \xHH` and `\(text)*N`, which repeats; or as hex.
/// </summary>
internal static class RawText
{
    private const int MostOctets = 4 << 20;

    /// <exception cref="FormatException">A bad escape, or more than 4 MiB.</exception>
    public static byte[] Parse(string text)
    {
        var octets = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            var next = text.IndexOf('\\', i);
            var plain = next < 0 ? text[i..] : text[i..next];
            octets.AddRange(Encoding.UTF8.GetBytes(plain));
            if (next < 0)
                break;
            i = Escape(text, next + 1, octets);
            if (octets.Count > MostOctets)
                throw new FormatException($"more than {MostOctets} octets");
        }

        return [.. octets];
    }

    /// <exception cref="FormatException">Not pairs of hex digits.</exception>
    public static byte[] ParseHex(string text) =>
        Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    /// <returns>Index of the last character of the escape.</returns>
    private static int Escape(string text, int at, List<byte> octets)
    {
        switch (at < text.Length ? text[at] : ' ')
        {
            case 'r': octets.Add(0x0D); return at;
            case 'n': octets.Add(0x0A); return at;
            case 't': octets.Add(0x09); return at;
            case '0': octets.Add(0x00); return at;
            case '\\': octets.Add((byte)'\\'); return at;
            case 'x' when at + 2 < text.Length:
                octets.AddRange(Convert.FromHexString(text.AsSpan(at + 1, 2)));
                return at + 2;
            case '(':
                return Repeat(text, at, octets);
            default:
                throw new FormatException($"a bad escape in {text}");
        }
    }

    private static int Repeat(string text, int open, List<byte> octets)
    {
        var close = text.IndexOf(")*", open, StringComparison.Ordinal);
        var end = close + 2;
        while (close > 0 && end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        var count = close < 0 ? "" : text[(close + 2)..end];
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var times))
            throw new FormatException($"write \\(text)*N: {text}");
        var part = Parse(text[(open + 1)..close]);
        if ((long)part.Length * times > MostOctets)
            throw new FormatException($"more than {MostOctets} octets");
        for (var i = 0; i < times; i++)
            octets.AddRange(part);
        return end - 1;
    }
}
