using Presence.Contracts;

namespace Presence.Grains.Alarms;

/// <summary>The one alarm of one activation: remembers what it is set for, so that moving it later costs nothing.</summary>
internal sealed class GrainAlarm(AlarmClock clock, IAlarmed grain)
{
    private DateTimeOffset _setFor = DateTimeOffset.MaxValue;

    /// <summary>Wants to be woken at the earliest of these times, at the latest.</summary>
    public void WakeBy(params ReadOnlySpan<DateTimeOffset?> times)
    {
        foreach (var time in times)
        {
            if (time is not { } due || due >= _setFor)
                continue;
            _setFor = due;
            clock.Set(grain, due);
        }
    }

    /// <summary>It rang: the next wish sets it anew.</summary>
    public void Rang() => _setFor = DateTimeOffset.MaxValue;
}
