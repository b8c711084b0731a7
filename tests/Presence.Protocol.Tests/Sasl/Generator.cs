namespace Presence.Protocol.Tests.Sasl;

/// <summary>Seeded xorshift64*: the same numbers on every run and platform.</summary>
internal sealed class Generator(ulong seed)
{
    private ulong _state = seed;

    public int Below(int limit)
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return (int)((_state * 2685821657736338717UL >> 33) % (ulong)limit);
    }

    public byte[] Octets(int count)
    {
        var octets = new byte[count];
        for (var i = 0; i < count; i++)
            octets[i] = (byte)Below(256);
        return octets;
    }

    public string Text(string alphabet, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => alphabet[Below(alphabet.Length)]));

    /// <summary>One octet changed, dropped, doubled or put in; the values are those that mean something.</summary>
    public byte[] Mutate(byte[] octets)
    {
        byte[] telling = [.. ",=\0nypcrsivmae2CD"u8, 0xFF, 0xC3];
        var at = Below(octets.Length);
        var octet = Below(2) == 0 ? telling[Below(telling.Length)] : (byte)Below(256);
        return Below(4) switch
        {
            0 => [.. octets[..at], octet, .. octets[(at + 1)..]],
            1 => [.. octets[..at], .. octets[(at + 1)..]],
            2 => [.. octets[..at], octet, .. octets[at..]],
            _ => [.. octets[..at], octets[at], .. octets[at..]],
        };
    }
}
