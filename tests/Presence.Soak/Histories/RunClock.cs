namespace Presence.Soak.Histories;

/// <summary>One clock for all histories of a run, so that their times can be compared.</summary>
internal sealed class RunClock(TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();

    /// <summary>Ticks of 100 ns since the run began.</summary>
    public long Now => time.GetElapsedTime(_began).Ticks;
}
