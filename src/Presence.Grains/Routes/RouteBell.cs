using Presence.Contracts.Routes;

namespace Presence.Grains.Routes;

/// <summary>
/// Rings for one queue. While one ring is under way others are held back and follow as one, so that a flood of batches
/// is not a flood of calls. May be used from any thread.
/// </summary>
internal sealed class RouteBell(IRouteBellGrain bell)
{
    private const int Quiet = 0;
    private const int Ringing = 1;
    private const int MustRingAgain = 2;

    private int _state = Quiet;

    /// <summary>Returns at once.</summary>
    public void Ring()
    {
        if (Interlocked.CompareExchange(ref _state, MustRingAgain, Ringing) == Quiet
            && Interlocked.CompareExchange(ref _state, Ringing, Quiet) == Quiet)
            _ = RingUntilQuiet();
    }

    private async Task RingUntilQuiet()
    {
        do
        {
            Volatile.Write(ref _state, Ringing);
            try
            {
                await bell.Ring();
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException or OperationCanceledException)
            {
                // The silo of the bell is gone or going. The reader finds the batch by itself a little later.
            }
        }
        while (Interlocked.CompareExchange(ref _state, Quiet, Ringing) != Ringing);
    }
}
