namespace Presence.Protocol.Sealing;

/// <summary>
/// Which numbers of one direction have been seen: the highest and the 63 below it. A repeat and anything older is refused
/// (docs/protocol/transports.md, "UDP"). Only numbers of datagrams that opened may be put in.
/// </summary>
public sealed class SealWindow
{
    private const int Width = 64;

    private ulong _seen;

    /// <summary>The highest number taken; 0 at first.</summary>
    public long Highest { get; private set; }

    /// <summary>False for a repeat and for a number that is too old to tell. Cheap, so asked before the octets are opened.</summary>
    public bool IsFresh(long sequence)
    {
        if (sequence > Highest)
            return true;
        var age = Highest - sequence;
        return age < Width && (_seen & (1UL << (int)age)) == 0;
    }

    /// <summary>Remembers the number. False if it was not fresh.</summary>
    public bool TryTake(long sequence)
    {
        if (!IsFresh(sequence))
            return false;
        if (sequence <= Highest)
        {
            _seen |= 1UL << (int)(Highest - sequence);
            return true;
        }

        var step = sequence - Highest;
        _seen = step >= Width ? 1 : (_seen << (int)step) | 1;
        Highest = sequence;
        return true;
    }
}
