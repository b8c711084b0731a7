using Presence.Grains;
using Presence.Storage.Sqlite;

namespace Presence.Hosting.Clustering;

/// <summary>PostgreSQL. Its tables are made by <c>db init</c>.</summary>
internal sealed class PostgreSqlStore(string configured) : IClusterStore
{
    private const string Invariant = "Npgsql";

    public void Use(ISiloBuilder silo)
    {
        var connection = PoolSize.Bound(configured);
        silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, connection));
        silo.AddAdoNetGrainStorage(PresenceGrainsExtensions.StorageName, options =>
        {
            (options.Invariant, options.ConnectionString) = (Invariant, connection);
            options.GrainStorageSerializer = new JsonGrainStorageSerializer();
        });
        silo.AddAdoNetGrainStorage(
            IClusterStore.PubSubStore,
            options => (options.Invariant, options.ConnectionString) = (Invariant, connection));
    }

    public void Use(IClientBuilder client)
    {
        var connection = PoolSize.Bound(configured);
        client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, connection));
    }
}
