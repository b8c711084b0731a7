using Microsoft.Extensions.Hosting;
using Presence.Grains;
using Presence.Storage.Sqlite;
using StackExchange.Redis;

namespace Presence.Hosting.Clustering;

/// <summary>Redis. It must be set to keep what it holds (<c>appendonly yes</c>), or a restart of it loses accounts.</summary>
internal sealed class RedisStore(string connection) : IClusterStore
{
    public void Use(ISiloBuilder silo)
    {
        silo.UseRedisClustering(options => options.ConfigurationOptions = Parse());
        silo.AddRedisGrainStorage(PresenceGrainsExtensions.StorageName, options =>
        {
            options.ConfigurationOptions = Parse();
            options.DeleteStateOnClear = true;
            options.GrainStorageSerializer = new JsonGrainStorageSerializer();
        });
        silo.AddRedisGrainStorage(IClusterStore.PubSubStore, options =>
        {
            options.ConfigurationOptions = Parse();
            options.DeleteStateOnClear = true;
        });
    }

    public void Use(IClientBuilder client) =>
        client.UseRedisClustering(options => options.ConfigurationOptions = Parse());

    private ConfigurationOptions Parse()
    {
        var options = ConfigurationOptions.Parse(connection);
        // A process that starts before Redis does waits for it, as it does for the other stores.
        options.AbortOnConnectFail = false;
        return options;
    }
}
