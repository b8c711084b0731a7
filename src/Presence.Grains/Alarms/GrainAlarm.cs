using Presence.Contracts;

namespace Presence.Grains.Alarms;

/// <summary>
/// The one alarm of one activation: remembers what it is set for, so that moving it later costs nothing. Used from any thread: of
/// two that set it at once the later may be remembered, and then it rings once in vain.
/// </summary>
internal sealed class GrainAlarm(AlarmClock clock, IAlarmed grain)
{
    /// <summary>Ticks of UTC.</summary>
    private long _setFor = long.MaxValue;

    /// <summary>Wants to be woken at the earliest of these times, at the latest.</summary>
    public void WakeBy(params ReadOnlySpan<DateTimeOffset?> times)
    {
        foreach (var time in times)
        {
            if (time is not { } due || due.UtcTicks >= Volatile.Read(ref _setFor))
                continue;
            Volatile.Write(ref _setFor, due.UtcTicks);
            clock.Set(grain, due);
        }
    }

    /// <summary>It rang: the next wish sets it anew.</summary>
    public void Rang() => Interlocked.Exchange(ref _setFor, long.MaxValue);
}
