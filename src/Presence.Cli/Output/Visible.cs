using System.Text;

namespace Presence.Cli.Output;

/// <summary>
/// Makes text from the network harmless for a terminal: controls, marks that change the direction of writing, and
/// other invisible marks are shown as <c>\u{…}</c>; everything else stays as it is.
/// </summary>
internal static class Visible
{
    public static string Text(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHidden(rune.Value))
                shown.Append("\\u{").Append(rune.Value.ToString("X4")).Append('}');
            else
                shown.Append(rune);
        }

        return shown.ToString();
    }

    /// <summary>The lines of a text, each harmless: only LF and CR LF end a line.</summary>
    public static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(line => Text(line.EndsWith('\r') ? line[..^1] : line));

    // EnumerateRunes has put U+FFFD in place of lone surrogates already.
    private static bool IsHidden(int code) => code
        is < 0x20 or (>= 0x7F and <= 0x9F) // C0, DEL, C1
        or 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) // bidi
        or 0x2028 or 0x2029 // line and paragraph separators
        or 0x00AD or 0x200B or 0x2060 or 0xFEFF or (>= 0xFFF9 and <= 0xFFFB) or (>= 0xE0000 and <= 0xE007F);
}
