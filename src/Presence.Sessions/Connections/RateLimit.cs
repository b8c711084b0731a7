namespace Presence.Sessions.Connections;

/// <summary>
/// A token bucket for the requests of one connection (docs/protocol/limits.md): full at first, refilled steadily. A
/// refusal costs the client that request only; what counts as a violation is a second in which anything was refused,
/// for whoever pipelines cannot stop at the first refusal. Refusing costs too, so refusals have a bucket of their own, of the
/// same size: beyond it the client is not read for a while, and feels it by TCP.
/// </summary>
internal sealed class RateLimit(int perSecond, int burst, TimeProvider time)
{
    /// <summary>Violations a minute that are borne.</summary>
    private const int MaxViolations = 10;

    /// <summary>
    /// Short, so that what has grown back meanwhile is little: what eight flooders may send in a second, looked at in one go, is felt by
    /// everybody else (<c>bench flood</c>).
    /// </summary>
    private static readonly TimeSpan ShortRest = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private double _tokens = burst;
    private double _refusals = burst;
    private long _refilled = time.GetTimestamp();
    private long _violated;
    private long _minuteBegun;
    private int _violations;

    /// <summary>True after more violations within a minute than are borne.</summary>
    public bool IsAbused => _violations > MaxViolations;

    /// <summary>How long nothing more should be read after a refusal: until one more may be given; zero while refusals are cheap.</summary>
    public TimeSpan Rest =>
        _refusals >= 1 ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Max(ShortRest.TotalSeconds, (1 - _refusals) / perSecond));

    public bool TryTake()
    {
        var now = time.GetTimestamp();
        var grown = time.GetElapsedTime(_refilled, now).TotalSeconds * perSecond;
        _tokens = Math.Min(burst, _tokens + grown);
        _refusals = Math.Min(burst, _refusals + grown);
        _refilled = now;
        if (_tokens >= 1)
        {
            _tokens--;
            return true;
        }

        _refusals = Math.Max(0, _refusals - 1);
        Count(now);
        return false;
    }

    private void Count(long now)
    {
        if (_violations > 0 && time.GetElapsedTime(_violated, now) < Second)
            return;
        if (_violations == 0 || time.GetElapsedTime(_minuteBegun, now) >= TimeSpan.FromMinutes(1))
            (_minuteBegun, _violations) = (now, 0);
        _violated = now;
        _violations++;
    }
}
