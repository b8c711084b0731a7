using Presence.Contracts;

namespace Presence.Grains.Alarms;

/// <summary>
/// Wakes grains at times of the presence clock. One timer serves the whole silo, since a timer per lease and per
/// subscription would be millions. An alarm that is no longer wanted rings in vain: the grain looks for itself.
/// </summary>
internal sealed class AlarmClock : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly PresenceClock _clock;
    private readonly ITimer _timer;
    private readonly PriorityQueue<IAlarmed, DateTimeOffset> _alarms = new();
    private readonly Lock _lock = new();
    private DateTimeOffset _armedFor = DateTimeOffset.MaxValue;

    public AlarmClock(PresenceClock clock)
    {
        _clock = clock;
        _timer = clock.Time.CreateTimer(_ => RingDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Set(IAlarmed grain, DateTimeOffset due)
    {
        lock (_lock)
        {
            _alarms.Enqueue(grain, due);
            Arm();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void RingDue()
    {
        List<IAlarmed> due = [];
        lock (_lock)
        {
            var now = _clock.Now;
            while (_alarms.TryPeek(out var grain, out var at) && at <= now)
            {
                _alarms.Dequeue();
                due.Add(grain);
            }

            _armedFor = DateTimeOffset.MaxValue;
            Arm();
        }

        // One-way calls: the task is complete as soon as the message is on its way, and nobody answers it.
        foreach (var grain in due)
            _ = grain.Ring();
    }

    private void Arm()
    {
        if (!_alarms.TryPeek(out _, out var next) || next >= _armedFor)
            return;
        _armedFor = next;
        _timer.Change(WaitFor(next), Timeout.InfiniteTimeSpan);

        // The clock may have stepped between reading it and setting the timer, which counts from when it is set.
        if (_clock.Now >= next)
            _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Never long: alarms are due by the clock on the wall, and that one can be set forward under the timer.</summary>
    private TimeSpan WaitFor(DateTimeOffset due)
    {
        var wait = due - _clock.Now;
        return wait <= TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait;
    }
}
