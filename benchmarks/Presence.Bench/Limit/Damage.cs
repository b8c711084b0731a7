namespace Presence.Bench.Limit;

/// <summary>Which frames count as copies.</summary>
internal enum Copies
{
    /// <summary>NOTIFY, MSG, RECEIPT and WATCHER; not the first value that answers a subscription.</summary>
    Events,

    /// <summary>Answers to BIND.</summary>
    Logins,

    /// <summary>Answers to PING.</summary>
    Pings,
}

/// <summary>Loses or doubles one copy in so many; zero is never.</summary>
internal sealed class Damage(int drop, int @double, Copies of)
{
    private long _copies;

    public static Damage None => new(0, 0, Copies.Events);

    /// <summary>How often the next copy is to be sent: 0, 1 or 2.</summary>
    public int Times(Copies kind)
    {
        if (kind != of)
            return 1;
        var copy = Interlocked.Increment(ref _copies);
        if (drop > 0 && copy % drop == 0)
            return 0;
        return @double > 0 && copy % @double == 0 ? 2 : 1;
    }
}
