namespace Presence.Bench.Limit;

/// <summary>Loses or doubles one copy in so many; zero is never.</summary>
/// <param name="ofAnswers">True for answers to BIND and PING, false for events.</param>
internal sealed class Damage(int drop, int @double, bool ofAnswers)
{
    private long _copies;

    public static Damage None => new(0, 0, false);

    /// <summary>How often the next copy is to be sent: 0, 1 or 2.</summary>
    public int Times(bool isAnswer)
    {
        if (isAnswer != ofAnswers)
            return 1;
        var copy = Interlocked.Increment(ref _copies);
        if (drop > 0 && copy % drop == 0)
            return 0;
        return @double > 0 && copy % @double == 0 ? 2 : 1;
    }
}
