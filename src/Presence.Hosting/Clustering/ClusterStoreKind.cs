namespace Presence.Hosting.Clustering;

/// <summary>What holds the membership of the cluster and the state of its grains.</summary>
public enum ClusterStoreKind
{
    /// <summary>One silo, SQLite in its data folder.</summary>
    Sqlite = 0,

    /// <summary>PostgreSQL, by Orleans' ADO.NET providers.</summary>
    PostgreSql = 1,

    /// <summary>Redis.</summary>
    Redis = 2,

    /// <summary>Azure Storage: membership in a table, state in blobs.</summary>
    AzureStorage = 3,
}
