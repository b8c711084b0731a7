using System.Text;

namespace Presence.Model.Addresses;

/// <summary>
/// The part before the @: PRECIS UsernameCaseMapped (RFC 8265 section 3.3) with the restrictions of docs/protocol,
/// section 3.3. Canonical length 1–64 code points and at most 255 octets of UTF-8.
/// </summary>
internal static class LocalPart
{
    /// <summary>Ceiling for typed input in UTF-16 units; nothing longer shrinks to a valid name.</summary>
    public const int MaxTyped = 512;

    private const int MaxCodePoints = 64;
    private const int MaxOctets = 255;
    private const int MaxRounds = 3;

    public static bool TryRead(ReadOnlySpan<char> input, bool canonicalOnly, out string local, out AddressFault fault)
    {
        local = "";
        fault = default;
        if (input.IsEmpty) fault = AddressFault.MissingLocal;
        else if (input.Length > MaxTyped) fault = AddressFault.LocalTooLong;
        if (!fault.IsNone) return false;

        var typed = input.ToString();
        if (IsCanonicalAscii(input))
        {
            local = typed;
            return true;
        }

        fault = Canonicalise(typed, out var canonical);
        if (fault.IsNone && canonicalOnly && canonical != typed) fault = AddressFault.NotCanonical;
        if (fault.IsNone) local = canonical;
        return fault.IsNone;
    }

    private static bool IsCanonicalAscii(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxCodePoints) return false;
        var afterDot = true;
        foreach (var c in text)
        {
            if (c == '.' ? afterDot : !IsPlainAscii(c)) return false;
            afterDot = c == '.';
        }

        return !afterDot;
    }

    private static bool IsPlainAscii(char c) =>
        char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '+';

    private static AddressFault Canonicalise(string typed, out string canonical)
    {
        canonical = typed;
        for (var round = 0; round < MaxRounds; round++)
        {
            if (Round(canonical) is not { } next) return AddressFault.LocalCharacter;
            var stable = next == canonical;
            canonical = next;
            if (stable) return CheckWhole(canonical);
        }

        return AddressFault.LocalUnstable;
    }

    /// <summary>Steps 1 to 4; null if a character may not occur.</summary>
    private static string? Round(string text)
    {
        var mapped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // U+0130: its full lower-casing is two code points, the simple one loses the dot.
            if (rune.Value == 0x0130 || CodePoints.IsHopeless(rune)) return null;
            AppendNarrowLower(mapped, rune);
        }

        var composed = mapped.ToString().Normalize(NormalizationForm.FormC);
        foreach (var rune in composed.EnumerateRunes())
            if (!CodePoints.IsLetterMarkOrDigit(rune) && rune.Value is not ('-' or '_' or '+' or '.'))
                return null;
        return composed.IsNormalized(NormalizationForm.FormKC) ? composed : null;
    }

    private static void AppendNarrowLower(StringBuilder mapped, Rune rune)
    {
        // Half-width Hangul (U+FFA0–FFDC) stands for compatibility jamo, which step 4 refuses; NFKC would go further.
        if (rune.Value is not ((>= 0xFF01 and <= 0xFF9F) or (>= 0xFFE0 and <= 0xFFEE)))
        {
            mapped.Append(Rune.ToLowerInvariant(rune));
            return;
        }

        foreach (var plain in rune.ToString().Normalize(NormalizationForm.FormKC).EnumerateRunes())
            mapped.Append(Rune.ToLowerInvariant(plain));
    }

    /// <summary>Steps 5 and 6, and the one contextual rule for digits (RFC 5892 appendices A.8 and A.9).</summary>
    private static AddressFault CheckWhole(string text)
    {
        int codePoints = 0, octets = 0;
        bool arabic = false, extended = false;
        foreach (var rune in text.EnumerateRunes())
        {
            codePoints++;
            octets += rune.Utf8SequenceLength;
            arabic |= CodePoints.IsArabicIndicDigit(rune);
            extended |= CodePoints.IsExtendedArabicIndicDigit(rune);
        }

        if (codePoints > MaxCodePoints || octets > MaxOctets) return AddressFault.LocalTooLong;
        if (text[0] == '.' || text[^1] == '.' || text.Contains("..", StringComparison.Ordinal))
            return AddressFault.LocalDots;
        if (arabic && extended) return AddressFault.LocalCharacter;
        return BidiRule.Holds(text) ? default : AddressFault.LocalDirection;
    }
}
