using System.Net;
using System.Net.Sockets;

namespace Presence.Model.Addresses;

/// <summary>
/// <c>ip-literal = "[" 1*( UHEX / LC / ":" / "." ) "]"</c>. Canonical are dotted IPv4 and the IPv6 form of RFC 5952;
/// zones, prefixes and the old octal and short forms of IPv4 are refused.
/// </summary>
internal static class IpLiteral
{
    private const int MaxLength = 47;

    public static AddressFault Canonicalise(ReadOnlySpan<char> typed, out string literal)
    {
        literal = "";
        if (typed.Length is < 4 or > MaxLength || typed[^1] != ']') return AddressFault.IpLiteral;
        var inner = typed[1..^1];
        foreach (var c in inner)
            if (!char.IsAsciiHexDigit(c) && c is not (':' or '.'))
                return AddressFault.IpLiteral;
        if (!IPAddress.TryParse(inner, out var ip)) return AddressFault.IpLiteral;

        var plain = ip.ToString();
        var isV4 = ip.AddressFamily == AddressFamily.InterNetwork;
        if (isV4 && !inner.SequenceEqual(plain)) return AddressFault.IpLiteral;
        literal = $"[{plain}]";
        return default;
    }
}
