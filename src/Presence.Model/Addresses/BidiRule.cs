using System.Globalization;
using System.Text;

namespace Presence.Model.Addresses;

/// <summary>
/// The bidi rule of RFC 5893 section 2 for text that has passed <see cref="CodePoints"/>. The platform offers no bidi
/// classes, so they are derived from the blocks that Unicode reserves for right-to-left scripts.
/// </summary>
internal static class BidiRule
{
    private enum Direction
    {
        Left,
        Right,
        EuropeanDigit,
        ArabicDigit,
        Neutral,
        Mark,
    }

    /// <summary>True if the text has no right-to-left character, or is a well-formed right-to-left label.</summary>
    public static bool Holds(ReadOnlySpan<char> text)
    {
        var first = true;
        bool startsRight = false, left = false, right = false, european = false, arabic = false;
        var last = Direction.Neutral;
        foreach (var rune in text.EnumerateRunes())
        {
            var direction = Classify(rune);
            if (first) startsRight = direction is Direction.Right;
            first = false;
            left |= direction is Direction.Left;
            right |= direction is Direction.Right;
            european |= direction is Direction.EuropeanDigit;
            arabic |= direction is Direction.ArabicDigit;
            if (direction is not Direction.Mark) last = direction;
        }

        if (!right && !arabic) return true;
        var endsWell = last is Direction.Right or Direction.EuropeanDigit or Direction.ArabicDigit;
        return startsRight && endsWell && !left && !(european && arabic);
    }

    private static Direction Classify(Rune rune)
    {
        var value = rune.Value;
        if (rune.IsAscii)
            return char.IsAsciiLetter((char)value) ? Direction.Left
                : char.IsAsciiDigit((char)value) ? Direction.EuropeanDigit : Direction.Neutral;
        return CharUnicodeInfo.GetUnicodeCategory(value) switch
        {
            UnicodeCategory.NonSpacingMark => IsLeftMark(value) ? Direction.Left : Direction.Mark,
            UnicodeCategory.DecimalDigitNumber when CodePoints.IsExtendedArabicIndicDigit(rune)
                => Direction.EuropeanDigit,
            UnicodeCategory.DecimalDigitNumber when value is (>= 0x0660 and <= 0x0669) or (>= 0x10D30 and <= 0x10D39)
                => Direction.ArabicDigit,
            UnicodeCategory.ModifierLetter when IsNeutralModifier(value) => Direction.Neutral,
            _ => IsRightToLeftBlock(value) ? Direction.Right : Direction.Left,
        };
    }

    /// <summary>Classes R and AL, which the rule treats alike.</summary>
    private static bool IsRightToLeftBlock(int value) => value
        is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF)
        or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);

    private static bool IsNeutralModifier(int value) => value
        is 0x02B9 or 0x02BA or (>= 0x02C6 and <= 0x02CF) or 0x02EC or 0x0374 or 0x2E2F or 0xA67F
        or (>= 0xA717 and <= 0xA71F) or 0xA788;

    /// <summary>The few non-spacing marks whose class is L.</summary>
    private static bool IsLeftMark(int value) => value is 0x0CBF or 0x0CC6 or 0x11A07 or 0x11A08 or 0x11C3F;
}
