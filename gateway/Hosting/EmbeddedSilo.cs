using System.Net;
using Presence.Gateway.Options;
using Presence.Grains;
using Presence.Grains.Routes;
using Presence.Storage.Sqlite;

namespace Presence.Gateway.Hosting;

/// <summary>The silo inside the gateway: a node of its own that needs no other process.</summary>
internal static class EmbeddedSilo
{
    public static void AddEmbeddedSilo(this WebApplicationBuilder builder, EmbeddedSiloOptions options, DataFolder data)
    {
        var ports = FreePorts.Fill(options.Port, options.GatewayPort);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(ports[0], ports[1], new IPEndPoint(IPAddress.Loopback, ports[0]));
            silo.AddRouteStreams();
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.AddSqliteGrainStorage(PresenceGrainsExtensions.StorageName, storage => storage.Path = data.Database);
            silo.AddPresenceGrains();
        });
    }
}
