using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Streams;
using Presence.Contracts.Routes;

namespace Presence.Grains.Routes;

/// <summary>
/// The queues of the route streams: Orleans' memory queues with a bell, whose readers wait for it instead of asking
/// every few milliseconds. It saves the waiting (half of the period for each change) and what polling costs while
/// nothing happens; <c>bench paced</c> and <c>bench idle</c> show both. Source: decision 0090.
/// </summary>
internal sealed class RouteQueues(
    MemoryAdapterFactory<DefaultMemoryMessageBodySerializer> queues, IGrainFactory grains, TimeProvider time)
    : IQueueAdapterFactory, IQueueAdapter
{
    private readonly ConcurrentDictionary<QueueId, RouteBell> _bells = new();

    public string Name => queues.Name;

    public bool IsRewindable => queues.IsRewindable;

    public StreamProviderDirection Direction => queues.Direction;

    public static IQueueAdapterFactory Create(IServiceProvider services, string name) => new RouteQueues(
        MemoryAdapterFactory<DefaultMemoryMessageBodySerializer>.Create(services, name),
        services.GetRequiredService<IGrainFactory>(),
        services.GetService<TimeProvider>() ?? TimeProvider.System);

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(this);

    public IQueueAdapterCache GetQueueAdapterCache() => queues.GetQueueAdapterCache();

    public IStreamQueueMapper GetStreamQueueMapper() => queues.GetStreamQueueMapper();

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        queues.GetDeliveryFailureHandler(queueId);

    public async Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        await queues.QueueMessageBatchAsync(streamId, events, token, requestContext);
        var queue = queues.GetStreamQueueMapper().GetQueueForStream(streamId);
        _bells.GetOrAdd(queue, id => new RouteBell(Bell(id))).Ring();
    }

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) =>
        new WakingReceiver(queues.CreateReceiver(queueId), Bell(queueId), time);

    private IRouteBellGrain Bell(QueueId queue) => grains.GetGrain<IRouteBellGrain>(queue.GetNumericId());
}
