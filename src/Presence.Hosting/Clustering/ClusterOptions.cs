namespace Presence.Hosting.Clustering;

/// <summary>
/// The cluster that this process belongs to; the same for all of its silos and gateways. Configuration section
/// <c>Presence:Cluster</c>.
/// </summary>
public sealed class ClusterOptions
{
    public const string Section = "Presence:Cluster";

    /// <summary>What all of them share. Default <see cref="ClusterStoreKind.Sqlite"/>: one silo and nobody else.</summary>
    public ClusterStoreKind Store { get; init; }

    /// <summary>Connection string of the store, a secret; never logged.</summary>
    public string Connection { get; init; } = "";

    /// <summary>A file that holds the connection string, such as a mounted secret; used if <see cref="Connection"/> is empty.</summary>
    public string ConnectionFile { get; init; } = "";

    /// <summary>Storage account reached with the managed identity of this process, in place of a connection string.</summary>
    public string AzureAccount { get; init; } = "";

    /// <summary>Name of the cluster: silos and gateways find each other by it. Default <c>presence</c>.</summary>
    public string ClusterId { get; init; } = "presence";

    /// <summary>Name of the service: stored state belongs to it, over all redeployments. Default <c>presence</c>.</summary>
    public string ServiceId { get; init; } = "presence";

    /// <summary>Queues that carry route streams, spread over the silos: 1–64, default 4; one silo alone uses one.</summary>
    public int RouteQueues { get; init; } = 4;
}
