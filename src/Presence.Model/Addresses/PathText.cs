using System.Buffers;
using System.Text;

namespace Presence.Model.Addresses;

/// <summary>
/// <c>path = segment *( "/" segment )</c>: reading and writing of segments (docs/protocol, section 2.4 part 3).
/// </summary>
internal static class PathText
{
    /// <summary>Ceiling for a path in UTF-16 units, both as read and in canonical form.</summary>
    public const int MaxLength = 1024;

    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~+*:@";

    // One string for all who name the same: of every subscription one is kept (bench storm).
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Common =
        new HashSet<string>(["status", "note", "caps", "ep", "name", "contacts", "activity", "mood", "place", "tz", "icon"], StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<char> WirePlain = SearchValues.Create(Unreserved + ">");
    private static readonly SearchValues<char> UriPlain = SearchValues.Create(Unreserved);

    public static AddressFault CanonicaliseWire(ReadOnlySpan<char> wire, out string canonical) =>
        Canonicalise(wire, WirePlain, anyCase: false, out canonical);

    /// <summary>URIs may not hold a bare <c>&gt;</c> and may write escapes in lower case.</summary>
    public static AddressFault CanonicaliseUri(ReadOnlySpan<char> uri, out string canonical) =>
        Canonicalise(uri, UriPlain, anyCase: true, out canonical);

    public static string ToUri(string canonical) => canonical.Replace(">", "%3E", StringComparison.Ordinal);

    public static string Decode(ReadOnlySpan<char> canonicalSegment)
    {
        if (!canonicalSegment.Contains('%')) return canonicalSegment.ToString();
        _ = PercentCoding.Decode(canonicalSegment, anyCase: false, AddressFault.PathCharacter, out var decoded);
        return decoded;
    }

    /// <summary>True for a segment that is written as it is: plain ASCII needs neither NFC nor escapes.</summary>
    public static bool IsPlainSegment(ReadOnlySpan<char> decoded) =>
        !decoded.IsEmpty && !decoded.ContainsAnyExcept(WirePlain);

    /// <summary>Writes one decoded segment canonically: NFC, with escapes only where the grammar wants them.</summary>
    public static AddressFault AppendSegment(StringBuilder path, string decoded)
    {
        if (decoded.Length == 0) return AddressFault.PathSegment;
        if (path.Length + decoded.Length > MaxLength) return AddressFault.PathTooLong;
        if (!PercentCoding.IsText(decoded)) return AddressFault.PathCharacter;
        PercentCoding.Encode(path, decoded.Normalize(NormalizationForm.FormC), WirePlain);
        return path.Length > MaxLength ? AddressFault.PathTooLong : default;
    }

    private static AddressFault Canonicalise(
        ReadOnlySpan<char> raw, SearchValues<char> plain, bool anyCase, out string canonical)
    {
        canonical = "";
        if (raw.Length > MaxLength) return AddressFault.PathTooLong;
        if (IsPlainPath(raw, plain))
        {
            canonical = Common.TryGetValue(raw, out var common) ? common : raw.ToString();
            return default;
        }

        var path = new StringBuilder(raw.Length);
        foreach (var range in raw.Split('/'))
        {
            if (path.Length > 0) path.Append('/');
            var fault = AppendRaw(path, raw[range], plain, anyCase);
            if (!fault.IsNone) return fault;
        }

        canonical = path.ToString();
        return default;
    }

    private static bool IsPlainPath(ReadOnlySpan<char> raw, SearchValues<char> plain)
    {
        var afterSlash = true;
        foreach (var c in raw)
        {
            if (c == '/' ? afterSlash : !plain.Contains(c)) return false;
            afterSlash = c == '/';
        }

        return !afterSlash;
    }

    private static AddressFault AppendRaw(
        StringBuilder path, ReadOnlySpan<char> segment, SearchValues<char> plain, bool anyCase)
    {
        foreach (var c in segment)
            if (char.IsAscii(c) && c != '%' && !plain.Contains(c))
                return AddressFault.PathCharacter;
        var fault = PercentCoding.Decode(segment, anyCase, AddressFault.PathCharacter, out var decoded);
        return fault.IsNone ? AppendSegment(path, decoded) : fault;
    }
}
