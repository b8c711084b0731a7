using System.Security.Cryptography;
using Orleans.Concurrency;
using Presence.Contracts.Routes;

namespace Presence.Grains.Routes;

/// <summary>A counter that can be awaited. Reentrant, so that it rings while somebody listens.</summary>
[Reentrant]
internal sealed class RouteBellGrain(TimeProvider time) : Grain, IRouteBellGrain
{
    /// <summary>A grain that somebody waits for cannot end, and its silo with it: so nobody waits for longer, 500 ms.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    private TaskCompletionSource<long>? _listener;

    // Another activation counts from elsewhere, so that a reader that listened to an earlier one is told at once.
    private long _rings = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4)) + 1L;

    public Task Ring()
    {
        _rings++;
        Answer();
        return Task.CompletedTask;
    }

    public async Task<long> Listen(long heard)
    {
        if (heard != _rings)
            return _rings;
        Answer();
        var listener = _listener = new TaskCompletionSource<long>();
        try
        {
            return await listener.Task.WaitAsync(LongestWait, time);
        }
        catch (TimeoutException)
        {
            return _rings;
        }
    }

    private void Answer()
    {
        _listener?.TrySetResult(_rings);
        _listener = null;
    }
}
