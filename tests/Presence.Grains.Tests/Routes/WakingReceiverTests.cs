using Orleans.Streams;
using Presence.Contracts.Routes;
using Presence.Grains.Routes;

namespace Presence.Grains.Tests.Routes;

/// <summary>The reader of a queue waits for its bell, and for nothing else.</summary>
public sealed class WakingReceiverTests
{
    [Fact]
    public async Task A_ring_for_what_was_read_already_does_not_end_the_waiting()
    {
        var queue = new Queue();
        var bell = new Bell();
        var reading = new WakingReceiver(queue, bell, TimeProvider.System).GetQueueMessagesAsync(10);

        await bell.Ring();
        await bell.Heard(1);
        Assert.False(reading.IsCompleted);
        queue.Batches = [null!];
        await bell.Ring();

        Assert.Single(await reading);
    }

    private sealed class Bell : IRouteBellGrain
    {
        private readonly SemaphoreSlim _listened = new(0);
        private TaskCompletionSource<long> _ring = new();

        public Task Ring()
        {
            _ring.SetResult(1);
            return Task.CompletedTask;
        }

        public Task<long> Listen(long heard)
        {
            if (_ring.Task.IsCompleted)
                _ring = new TaskCompletionSource<long>();
            _listened.Release();
            return _ring.Task;
        }

        /// <summary>Somebody listens again after so many rings.</summary>
        public async Task Heard(int rings)
        {
            for (var n = 0; n <= rings; n++)
                await _listened.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    private sealed class Queue : IQueueAdapterReceiver
    {
        public IList<IBatchContainer> Batches { get; set; } = [];

        public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

        public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) => Task.FromResult(Batches);

        public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

        public Task Shutdown(TimeSpan timeout) => Task.CompletedTask;
    }
}
