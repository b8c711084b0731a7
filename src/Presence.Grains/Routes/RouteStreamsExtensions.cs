using Orleans.Configuration;
using Orleans.Streams;
using Presence.Contracts.Routes;

namespace Presence.Grains.Routes;

/// <summary>The stream provider that carries presence to gateways and domains.</summary>
public static class RouteStreamsExtensions
{
    /// <summary>Batches that a gateway is handed at once, at most: so many changes share one write to a socket.</summary>
    private const int BatchesAtOnce = 256;

    /// <summary>How soon an empty queue is asked again; meanwhile its bell is listened to: 10 ms.</summary>
    private static readonly TimeSpan PullingPeriod = TimeSpan.FromMilliseconds(10);

    /// <summary>Adds the provider <see cref="RouteStreams.Provider"/>.</summary>
    /// <param name="silo">The silo; it needs the grain storage <c>PubSubStore</c>.</param>
    /// <param name="queues">Queues, 1–64: each is read by one silo and in order. Routes are few: one serves a node.</param>
    public static ISiloBuilder AddRouteStreams(this ISiloBuilder silo, int queues = 1)
    {
        var routes = new SiloRecoverableStreamConfigurator(
            RouteStreams.Provider, configure => silo.ConfigureServices(configure), RouteQueues.Create);
        routes.Configure<HashRingStreamQueueMapperOptions>(
            options => options.Configure(mapper => mapper.TotalQueueCount = queues));
        routes.ConfigurePullingAgent(options => options.Configure(agent =>
        {
            agent.GetQueueMsgsTimerPeriod = PullingPeriod;
            agent.BatchContainerBatchSize = BatchesAtOnce;
        }));
        routes.ConfigureStreamPubSub(StreamPubSubType.ExplicitGrainBasedOnly);
        return silo;
    }
}
