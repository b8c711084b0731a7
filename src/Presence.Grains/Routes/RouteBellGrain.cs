using System.Security.Cryptography;
using Orleans.Concurrency;
using Presence.Contracts.Routes;

namespace Presence.Grains.Routes;

/// <summary>A counter that can be awaited. Reentrant, so that it rings while somebody listens.</summary>
[Reentrant]
internal sealed class RouteBellGrain : Grain, IRouteBellGrain
{
    private TaskCompletionSource<long>? _listener;

    // Another activation counts from elsewhere, so that a reader that listened to an earlier one is told at once.
    private long _rings = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4)) + 1L;

    public Task Ring()
    {
        _rings++;
        Answer();
        return Task.CompletedTask;
    }

    public Task<long> Listen(long heard)
    {
        if (heard != _rings)
            return Task.FromResult(_rings);
        Answer();
        _listener = new TaskCompletionSource<long>();
        return _listener.Task;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Answer();
        return Task.CompletedTask;
    }

    private void Answer()
    {
        _listener?.TrySetResult(_rings);
        _listener = null;
    }
}
