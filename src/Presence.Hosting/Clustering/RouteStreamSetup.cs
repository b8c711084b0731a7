using Orleans.Streams;
using Presence.Contracts.Routes;

namespace Presence.Hosting.Clustering;

/// <summary>The stream provider that carries routes, on gateways that are clients; a silo has it from its grains.</summary>
internal static class RouteStreamSetup
{
    public static void AddRouteStreams(this IClientBuilder client, int queues) =>
        client.AddMemoryStreams(RouteStreams.Provider, routes =>
        {
            routes.ConfigurePartitioning(queues);
            routes.ConfigureStreamPubSub(StreamPubSubType.ExplicitGrainBasedOnly);
        });
}
