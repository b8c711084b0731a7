namespace Presence.Storage.Sqlite.Tests;

/// <summary>Tells when the first timer stands, so that a test advances its clock after that.</summary>
internal sealed class ArmedTime(TimeProvider time) : TimeProvider
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task TimerStarted => _started.Task;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = time.CreateTimer(callback, state, dueTime, period);
        _started.TrySetResult();
        return timer;
    }

    public override long GetTimestamp() => time.GetTimestamp();
}
