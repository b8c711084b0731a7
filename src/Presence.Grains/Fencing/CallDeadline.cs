using Presence.Contracts;

namespace Presence.Grains.Fencing;

/// <summary>
/// Until when a caller waits, told with the call. It goes with this one call only: what the callee asks others for, and what it
/// begins and nobody waits for, has deadlines of its own.
/// </summary>
internal static class CallDeadline
{
    private const string Key = "until";

    /// <param name="context">The call.</param>
    /// <param name="usual">How long a caller waits where the method does not say.</param>
    /// <param name="clock">The caller's.</param>
    public static Task Invoke(IOutgoingGrainCallContext context, TimeSpan usual, PresenceClock clock)
    {
        RequestContext.Set(Key, (clock.Now + (context.Request.GetDefaultResponseTimeout() ?? usual)).UtcTicks);
        try
        {
            // The call leaves before this returns; only its answer is awaited.
            return context.Invoke();
        }
        finally
        {
            RequestContext.Remove(Key);
        }
    }

    /// <summary>How long ago the caller has given up; zero or less if he waits. Null if he did not say until when.</summary>
    public static TimeSpan? TakeLateness(PresenceClock clock)
    {
        if (RequestContext.Get(Key) is not long until)
            return null;
        RequestContext.Remove(Key);
        return clock.Now - new DateTimeOffset(until, TimeSpan.Zero);
    }
}
