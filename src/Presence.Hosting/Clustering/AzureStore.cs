using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Presence.Grains;
using Presence.Storage.Sqlite;

namespace Presence.Hosting.Clustering;

/// <summary>Azure Storage, by connection string or by the managed identity of this process.</summary>
internal sealed class AzureStore(string? connection, string account) : IClusterStore
{
    private const string Table = "presencemembership";
    private const string Container = "presence-state";
    private const string PubSubContainer = "presence-pubsub";

    public void Use(ISiloBuilder silo)
    {
        silo.UseAzureStorageClustering(options =>
        {
            options.TableName = Table;
            options.TableServiceClient = Tables();
        });
        silo.AddAzureBlobGrainStorage(PresenceGrainsExtensions.StorageName, options =>
        {
            options.BlobServiceClient = Blobs();
            options.ContainerName = Container;
            options.GrainStorageSerializer = new JsonGrainStorageSerializer();
        });
        silo.AddAzureBlobGrainStorage(IClusterStore.PubSubStore, options =>
        {
            options.BlobServiceClient = Blobs();
            options.ContainerName = PubSubContainer;
        });
    }

    public void Use(IClientBuilder client) => client.UseAzureStorageClustering(options =>
    {
        options.TableName = Table;
        options.TableServiceClient = Tables();
    });

    private TableServiceClient Tables() => connection is not null
        ? new TableServiceClient(connection)
        : new TableServiceClient(new Uri($"https://{account}.table.core.windows.net"), new DefaultAzureCredential());

    private BlobServiceClient Blobs() => connection is not null
        ? new BlobServiceClient(connection)
        : new BlobServiceClient(new Uri($"https://{account}.blob.core.windows.net"), new DefaultAzureCredential());
}
