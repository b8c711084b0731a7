using System.Net;
using Orleans.Streams;
using Presence.Contracts.Routes;
using Presence.Gateway.Options;
using Presence.Grains;
using Presence.Storage.Sqlite;

namespace Presence.Gateway.Hosting;

/// <summary>The silo inside the gateway: a node of its own that needs no other process.</summary>
internal static class EmbeddedSilo
{
    // Routes are few and hot: one queue keeps polling cheap, and 10 ms is what a watcher waits at most for a change.
    private const int Queues = 1;
    private static readonly TimeSpan PullingPeriod = TimeSpan.FromMilliseconds(10);

    public static void AddEmbeddedSilo(this WebApplicationBuilder builder, EmbeddedSiloOptions options, DataFolder data)
    {
        var ports = FreePorts.Fill(options.Port, options.GatewayPort);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(ports[0], ports[1], new IPEndPoint(IPAddress.Loopback, ports[0]));
            silo.AddMemoryStreams(RouteStreams.Provider, ConfigureRoutes);
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.AddSqliteGrainStorage(PresenceGrainsExtensions.StorageName, storage => storage.Path = data.Database);
            silo.AddPresenceGrains();
        });
    }

    private static void ConfigureRoutes(ISiloMemoryStreamConfigurator routes)
    {
        routes.ConfigurePartitioning(Queues);
        routes.ConfigurePullingAgent(agent => agent.Configure(
            options => options.GetQueueMsgsTimerPeriod = PullingPeriod));
        routes.ConfigureStreamPubSub(StreamPubSubType.ExplicitGrainBasedOnly);
    }
}
