using System.Globalization;
using System.Text;

namespace Presence.Protocol.Framing;

/// <summary>
/// Times on the wire: RFC 3339, always UTC.
/// <code>
/// v-time = 4DIGIT "-" 2DIGIT "-" 2DIGIT %s"T" 2DIGIT ":" 2DIGIT ":" 2DIGIT [ "." 1*6DIGIT ] %s"Z"
/// </code>
/// </summary>
public static class WireTime
{
    /// <summary>Characters of a written time: it always has milliseconds.</summary>
    public const int Length = 24;

    private const int Longest = 27;

    /// <summary>Octets of a time as .NET writes it quickest, with seven digits of a second; the custom format takes ten times as long.</summary>
    private const int RoundTripLength = 28;

    /// <summary>Like <c>2026-11-22T06:10:00.000Z</c>: in UTC, smaller parts than a millisecond cut off.</summary>
    public static string ToText(DateTimeOffset time)
    {
        Span<byte> octets = stackalloc byte[Length];
        TryFormat(time, octets, out _);
        return Encoding.ASCII.GetString(octets);
    }

    /// <summary>Writes the octets of <see cref="ToText"/>.</summary>
    /// <returns>False if fewer than <see cref="Length"/> octets fit.</returns>
    public static bool TryFormat(DateTimeOffset time, Span<byte> destination, out int written)
    {
        written = 0;
        if (destination.Length < Length)
            return false;
        Span<byte> whole = stackalloc byte[RoundTripLength];
        time.UtcDateTime.TryFormat(whole, out _, "O", CultureInfo.InvariantCulture);
        whole[..(Length - 1)].CopyTo(destination);
        destination[Length - 1] = (byte)'Z';
        written = Length;
        return true;
    }

    /// <returns>False for anything but v-time, and for a date or time of day that does not exist.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        Span<byte> octets = stackalloc byte[Longest];
        time = default;
        return text.Length <= Longest
            && Ascii.FromUtf16(text, octets, out var length) == System.Buffers.OperationStatus.Done
            && TryParse(octets[..length], out time);
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out DateTimeOffset)"/>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length is < 20 or > Longest || text[^1] != (byte)'Z' || !HasSeparators(text))
            return false;

        if (!TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month)
            || !TryDigits(text[8..10], out var day) || !TryDigits(text[11..13], out var hour)
            || !TryDigits(text[14..16], out var minute) || !TryDigits(text[17..19], out var second)
            || !TryFraction(text[19..^1], out var ticks))
            return false;

        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
            return false;

        time = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).AddTicks(ticks);
        return true;
    }

    private static bool HasSeparators(ReadOnlySpan<byte> text) =>
        text[4] == (byte)'-' && text[7] == (byte)'-' && text[10] == (byte)'T'
        && text[13] == (byte)':' && text[16] == (byte)':';

    private static bool TryFraction(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.IsEmpty)
            return true;

        if (text[0] != (byte)'.' || text.Length == 1 || !TryDigits(text[1..], out var value))
            return false;

        ticks = value;
        for (var digits = text.Length - 1; digits < 7; digits++)
            ticks *= 10;

        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        if (text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;

        value = (int)TokenRules.Number(text);
        return true;
    }
}
