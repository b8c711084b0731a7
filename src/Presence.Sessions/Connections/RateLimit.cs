namespace Presence.Sessions.Connections;

/// <summary>
/// A token bucket for the requests of one connection (docs/protocol/limits.md): full at first, refilled steadily. A
/// refusal costs the client that request only; what counts as a violation is a second in which anything was refused,
/// for whoever pipelines cannot stop at the first refusal.
/// </summary>
internal sealed class RateLimit(int perSecond, int burst, TimeProvider time)
{
    /// <summary>Violations a minute that are borne.</summary>
    private const int MaxViolations = 10;

    private double _tokens = burst;
    private long _refilled = time.GetTimestamp();
    private long _violated;
    private long _minuteBegun;
    private int _violations;

    /// <summary>True after more violations within a minute than are borne.</summary>
    public bool IsAbused => _violations > MaxViolations;

    public bool TryTake()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + (time.GetElapsedTime(_refilled, now).TotalSeconds * perSecond));
        _refilled = now;
        if (_tokens >= 1)
        {
            _tokens--;
            return true;
        }

        Count(now);
        return false;
    }

    private void Count(long now)
    {
        if (_violations > 0 && time.GetElapsedTime(_violated, now) < TimeSpan.FromSeconds(1))
            return;
        if (_violations == 0 || time.GetElapsedTime(_minuteBegun, now) >= TimeSpan.FromMinutes(1))
            (_minuteBegun, _violations) = (now, 0);
        _violated = now;
        _violations++;
    }
}
