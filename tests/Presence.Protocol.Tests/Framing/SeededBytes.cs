namespace Presence.Protocol.Tests.Framing;

/// <summary>Repeatable pseudo-random choices (xorshift64*): the same seed gives the same test.</summary>
internal sealed class SeededBytes(ulong seed)
{
    private ulong _state = seed | 1;

    public ulong Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 2685821657736338717UL;
    }

    public int Below(int bound) => (int)((Next() >> 33) % (ulong)bound);

    public bool OneIn(int bound) => Below(bound) == 0;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    public byte[] Octets(int count)
    {
        var octets = new byte[count];
        for (var i = 0; i < count; i++)
            octets[i] = (byte)(Next() >> 40);

        return octets;
    }

    public string Text(string alphabet, int length) => string.Create(length, this, (span, random) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = alphabet[random.Below(alphabet.Length)];
    });
}
