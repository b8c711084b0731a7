using Orleans.Streams;
using Presence.Contracts.Routes;

namespace Presence.Grains.Routes;

/// <summary>
/// Reads one queue. When it is empty it waits for the bell before it says so; Orleans asks again at once after a
/// non-empty answer and after the pulling period else.
/// </summary>
internal sealed class WakingReceiver(IQueueAdapterReceiver queue, IRouteBellGrain bell, TimeProvider time)
    : IQueueAdapterReceiver
{
    /// <summary>How long a batch waits at most whose bell was lost with a silo: 250 ms.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    private Task<long>? _listening;
    private long _heard;

    public Task Initialize(TimeSpan timeout) => Initialize(timeout, CancellationToken.None);

    public Task Initialize(TimeSpan timeout, CancellationToken cancellationToken) =>
        queue.Initialize(timeout, cancellationToken);

    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) =>
        GetQueueMessagesAsync(maxCount, CancellationToken.None);

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        // The bell also tells of batches that were read just before it rang: then the queue is empty once more, and who said so
        // would be asked again only after the pulling period.
        var batches = await queue.GetQueueMessagesAsync(maxCount, cancellationToken);
        while (batches.Count == 0 && await Hears(cancellationToken))
            batches = await queue.GetQueueMessagesAsync(maxCount, cancellationToken);
        return batches;
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) =>
        MessagesDeliveredAsync(messages, CancellationToken.None);

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages, CancellationToken cancellationToken) =>
        queue.MessagesDeliveredAsync(messages, cancellationToken);

    public Task Shutdown(TimeSpan timeout) => Shutdown(timeout, CancellationToken.None);

    public Task Shutdown(TimeSpan timeout, CancellationToken cancellationToken) =>
        queue.Shutdown(timeout, cancellationToken);

    /// <summary>True when it was rung for; false when the time is over, or nobody is there to listen to.</summary>
    private async Task<bool> Hears(CancellationToken cancellationToken)
    {
        _listening ??= bell.Listen(_heard);
        try
        {
            _heard = await _listening.WaitAsync(LongestWait, time, cancellationToken);
            _listening = null;
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException or OrleansException)
        {
            // Still listening, unless it was the call itself that failed: then the next time begins anew.
            if (_listening is { IsCompleted: true })
                _listening = null;
            return false;
        }
    }
}
