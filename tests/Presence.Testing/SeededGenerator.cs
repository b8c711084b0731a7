namespace Presence.Testing;

/// <summary>
/// Repeatable pseudo-random numbers for property tests (xorshift64*, Vigna 2016): the same seed gives the same
/// numbers on every machine and release. Name <see cref="Seed"/> in the failure message. Not for secrets.
/// </summary>
public sealed class SeededGenerator(ulong seed)
{
    // Zero is the one state that the generator never leaves.
    private ulong _state = seed == 0 ? 0x9E3779B97F4A7C15 : seed;

    public ulong Seed { get; } = seed;

    public ulong NextUInt64()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 0x2545F4914F6CDD1D;
    }

    /// <summary>A number from 0 to <paramref name="limit"/> − 1; <paramref name="limit"/> is at least 1.</summary>
    public int Next(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        // The upper half is the better one; multiply and shift has no bias that a test could see.
        return (int)(((NextUInt64() >> 32) * (ulong)limit) >> 32);
    }

    /// <summary>A number from <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public int Between(int first, int last) => first + Next(checked(last - first + 1));

    public bool Chance(int inHundred) => Next(100) < inHundred;

    public T Choose<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    public void Fill(Span<byte> octets)
    {
        for (var i = 0; i < octets.Length; i++)
            octets[i] = (byte)(NextUInt64() >> 56);
    }

    public byte[] Octets(int count)
    {
        var octets = new byte[count];
        Fill(octets);
        return octets;
    }

    /// <summary>Puts the items into a random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
