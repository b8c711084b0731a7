using System.Text;

namespace Presence.Protocol.Framing;

/// <summary>
/// Finds a string by its US-ASCII octets. For fixed tables only: the hash is simple, but nobody can add to their
/// buckets.
/// </summary>
internal sealed class OctetComparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
{
    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

    public int GetHashCode(string obj) => GetHashCode(Encoding.ASCII.GetBytes(obj).AsSpan());

    public bool Equals(ReadOnlySpan<byte> alternate, string other) => Ascii.Equals(alternate, other);

    // FNV-1a: at most 32 octets, mostly fewer than eight
    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = 2166136261u;
        foreach (var octet in alternate)
            hash = (hash ^ octet) * 16777619u;

        return (int)hash;
    }

    public string Create(ReadOnlySpan<byte> alternate) => Encoding.ASCII.GetString(alternate);
}
