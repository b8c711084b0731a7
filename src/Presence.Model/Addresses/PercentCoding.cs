using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Presence.Model.Addresses;

/// <summary>
/// <c>pct = "%" 2UHEX</c> over UTF-8. Callers limit the length first; the work is linear in it. Refused besides bad
/// hexadecimal: octets that are not UTF-8, NUL, and the non-characters U+FFFE and U+FFFF, which no text holds.
/// </summary>
internal static class PercentCoding
{
    /// <summary>
    /// Undoes escapes; <paramref name="anyCase"/> is for URIs, which allow lower-case hexadecimal digits as the wire
    /// does not. <paramref name="notText"/> is answered if what stands there unescaped is not text.
    /// </summary>
    public static AddressFault Decode(ReadOnlySpan<char> text, bool anyCase, AddressFault notText, out string decoded)
    {
        decoded = "";
        var octets = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var count = 0;
        while (!text.IsEmpty)
        {
            if (text[0] == '%')
            {
                if (text.Length < 3 || !TryOctet(text[1], text[2], anyCase, out octets[count++]))
                    return AddressFault.PercentEscape;
                text = text[3..];
                continue;
            }

            if (Rune.DecodeFromUtf16(text, out var rune, out var used) != OperationStatus.Done) return notText;
            count += rune.EncodeToUtf8(octets.AsSpan(count));
            text = text[used..];
        }

        if (!Utf8.IsValid(octets.AsSpan(0, count))) return AddressFault.PercentEscape;
        decoded = Encoding.UTF8.GetString(octets, 0, count);
        return IsText(decoded) ? default : notText;
    }

    /// <summary>No lone surrogate, NUL, U+FFFE or U+FFFF: string.Normalize refuses some of them by exception.</summary>
    public static bool IsText(ReadOnlySpan<char> text)
    {
        if (text.ContainsAny('\0', '\uFFFE', '\uFFFF')) return false;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var used) != OperationStatus.Done) return false;
            text = text[used..];
        }

        return true;
    }

    /// <summary>Writes ASCII outside <paramref name="plain"/> as escapes; everything else stands for itself.</summary>
    public static void Encode(StringBuilder target, ReadOnlySpan<char> text, SearchValues<char> plain)
    {
        foreach (var c in text)
        {
            if (!char.IsAscii(c) || plain.Contains(c)) target.Append(c);
            else target.Append('%').Append(((int)c).ToString("X2"));
        }
    }

    private static bool TryOctet(char high, char low, bool anyCase, out byte octet)
    {
        octet = 0;
        if (!IsHex(high, anyCase) || !IsHex(low, anyCase)) return false;
        octet = (byte)((Digit(high) << 4) | Digit(low));
        return true;
    }

    private static bool IsHex(char c, bool anyCase) =>
        char.IsAsciiHexDigitUpper(c) || (anyCase && char.IsAsciiHexDigitLower(c));

    private static int Digit(char c) => char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
}
