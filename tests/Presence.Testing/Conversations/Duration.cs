using System.Globalization;

namespace Presence.Testing.Conversations;

/// <summary>`+60s`: a whole number with ms, s, m, h or d.</summary>
internal static class Duration
{
    /// <exception cref="FormatException">Not of that form.</exception>
    public static TimeSpan Parse(string text)
    {
        var digits = text.Skip(1).TakeWhile(char.IsAsciiDigit).Count();
        if (!text.StartsWith('+')
            || !int.TryParse(text.AsSpan(1, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            throw new FormatException("write clock +60s (or ms, m, h, d)");
        return text[(1 + digits)..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(count),
            "s" => TimeSpan.FromSeconds(count),
            "m" => TimeSpan.FromMinutes(count),
            "h" => TimeSpan.FromHours(count),
            "d" => TimeSpan.FromDays(count),
            _ => throw new FormatException("write clock +60s (or ms, m, h, d)"),
        };
    }
}
