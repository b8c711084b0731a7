using System.Globalization;
using System.Text;

namespace Presence.Model.Addresses;

/// <summary>
/// Names of the DNS in A-label form: steps 1 to 4 of docs/protocol, section 3.3. The platform's IdnMapping keeps
/// capitals, takes symbols and does not verify labels that are already encoded; what it lacks is done here.
/// </summary>
internal static class DomainName
{
    /// <summary>Ceiling for typed input in UTF-16 units; no valid name is longer before encoding.</summary>
    public const int MaxTyped = 1024;

    private const int MaxOctets = 253;
    private const int MaxLabelOctets = 63;
    private const string EncodedPrefix = "xn--";

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    /// <summary>Answers no fault if the name is already canonical; one scan unless a label is encoded.</summary>
    public static AddressFault Check(ReadOnlySpan<char> name)
    {
        if (name.Length > MaxOctets) return AddressFault.DomainTooLong;
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            if (i < name.Length && name[i] != '.')
            {
                if (IsLdh(name[i])) continue;
                return AddressFault.DomainCharacter;
            }

            var fault = CheckLabel(name[start..i]);
            if (!fault.IsNone) return fault;
            start = i + 1;
        }

        return default;
    }

    /// <summary>Brings what a person typed into canonical form; <paramref name="name"/> is empty on a fault.</summary>
    public static AddressFault Canonicalise(ReadOnlySpan<char> typed, out string name)
    {
        name = "";
        if (typed.Length > MaxTyped) return AddressFault.DomainTooLong;
        if (typed.Length > 1 && IsDot(typed[^1])) typed = typed[..^1];
        var encoded = new StringBuilder(typed.Length);
        var start = 0;
        for (var i = 0; i <= typed.Length; i++)
        {
            if (i < typed.Length && !IsDot(typed[i])) continue;
            var fault = AppendEncoded(encoded, typed[start..i]);
            if (!fault.IsNone) return fault;
            if (i < typed.Length) encoded.Append('.');
            start = i + 1;
        }

        var candidate = encoded.ToString();
        var refused = Check(candidate);
        if (refused.IsNone) name = candidate;
        return refused;
    }

    private static AddressFault AppendEncoded(StringBuilder encoded, ReadOnlySpan<char> label)
    {
        if (label.IsEmpty) return AddressFault.DomainLabel;
        try
        {
            var ascii = Ascii.IsValid(label) ? label.ToString() : Idn.GetAscii(label.ToString());
            encoded.Append(ascii.ToLowerInvariant());
            return default;
        }
        catch (ArgumentException)
        {
            // IdnMapping has no Try form; it says only by this exception that a label cannot be encoded.
            return AddressFault.DomainEncoding;
        }
    }

    private static AddressFault CheckLabel(ReadOnlySpan<char> label)
    {
        if (label.IsEmpty) return AddressFault.DomainLabel;
        if (label.Length > MaxLabelOctets) return AddressFault.DomainTooLong;
        if (label[0] == '-' || label[^1] == '-') return AddressFault.DomainHyphen;
        return label.StartsWith(EncodedPrefix) ? CheckEncoded(label.ToString()) : default;
    }

    private static AddressFault CheckEncoded(string label)
    {
        string decoded;
        try
        {
            decoded = Idn.GetUnicode(label);
            if (decoded == label || Idn.GetAscii(decoded) != label) return AddressFault.DomainEncoding;
        }
        catch (ArgumentException)
        {
            return AddressFault.DomainEncoding;
        }

        foreach (var rune in decoded.EnumerateRunes())
            if (!CodePoints.IsLetterMarkOrDigit(rune) && rune.Value != '-')
                return AddressFault.DomainCharacter;
        return BidiRule.Holds(decoded) ? default : AddressFault.DomainDirection;
    }

    private static bool IsLdh(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-';

    private static bool IsDot(char c) => c is '.' or '\u3002' or '\uFF0E' or '\uFF61';
}
