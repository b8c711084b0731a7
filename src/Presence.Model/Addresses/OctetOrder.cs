namespace Presence.Model.Addresses;

/// <summary>
/// Compares addresses as their UTF-8 octets would compare, without building either. UTF-16 differs from that order
/// in one point: surrogates stand below U+E000–FFFF, but what they encode is above.
/// </summary>
internal static class OctetOrder
{
    public static int Compare(string? local, string domain, string? otherLocal, string otherDomain)
    {
        int length = Length(local, domain), otherLength = Length(otherLocal, otherDomain);
        for (var i = 0; i < Math.Min(length, otherLength); i++)
        {
            char a = At(local, domain, i), b = At(otherLocal, otherDomain, i);
            if (a != b) return Rank(a).CompareTo(Rank(b));
        }

        return length.CompareTo(otherLength);
    }

    private static int Length(string? local, string domain) =>
        local is null ? domain.Length : local.Length + 1 + domain.Length;

    private static char At(string? local, string domain, int i) =>
        local is null ? domain[i]
        : i < local.Length ? local[i]
        : i == local.Length ? '@' : domain[i - local.Length - 1];

    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x2000 : c >= 0xE000 ? c - 0x800 : c;
}
