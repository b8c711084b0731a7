using System.Globalization;
using System.Text;

namespace Presence.Model.Addresses;

/// <summary>Classes of code points that names may hold (RFC 8264 section 9, RFC 5892 section 2).</summary>
internal static class CodePoints
{
    /// <summary>
    /// A letter, mark or decimal digit of the PRECIS class LetterDigits. Capitals are refused because this is asked
    /// after lower-casing: one that is still there is younger than the platform's case tables.
    /// </summary>
    public static bool IsLetterMarkOrDigit(Rune rune)
    {
        if (rune.IsAscii)
            return char.IsAsciiLetterLower((char)rune.Value) || char.IsAsciiDigit((char)rune.Value);
        return CharUnicodeInfo.GetUnicodeCategory(rune.Value) switch
        {
            UnicodeCategory.LowercaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
                or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.DecimalDigitNumber => !IsExcluded(rune.Value),
            _ => false,
        };
    }

    /// <summary>Code points that string.Normalize may choke on, or that can never become part of a name.</summary>
    public static bool IsHopeless(Rune rune) => CharUnicodeInfo.GetUnicodeCategory(rune.Value)
        is UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Control
        or UnicodeCategory.Surrogate or UnicodeCategory.Format;

    public static bool IsArabicIndicDigit(Rune rune) => rune.Value is >= 0x0660 and <= 0x0669;

    public static bool IsExtendedArabicIndicDigit(Rune rune) => rune.Value is >= 0x06F0 and <= 0x06F9;

    private static bool IsExcluded(int value) => IsDefaultIgnorable(value) || IsOldHangul(value) || IsException(value);

    /// <summary>Only those that are letters or marks; format characters never pass the category test.</summary>
    private static bool IsDefaultIgnorable(int value) => value
        is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x3164
        or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0100 and <= 0xE01EF);

    /// <summary>Conjoining jamo left over after NFC (RFC 8264 section 9.9).</summary>
    private static bool IsOldHangul(int value) => value
        is (>= 0x1100 and <= 0x11FF) or (>= 0xA960 and <= 0xA97F) or (>= 0xD7B0 and <= 0xD7FF);

    /// <summary>The code points that RFC 5892 section 2.6 disallows by name.</summary>
    private static bool IsException(int value) => value
        is 0x0640 or 0x07FA or 0x302E or 0x302F or (>= 0x3031 and <= 0x3035) or 0x303B;
}
