using System.Globalization;

namespace Presence.Cluster.Tests;

/// <summary>How big the test is: small with the others, as big as the machine bears when run by hand.</summary>
/// <param name="Clients">Environment variable PRESENCE_CLUSTER_CLIENTS, default 24.</param>
/// <param name="Frozen">PRESENCE_CLUSTER_FROZEN, seconds that a silo stands still, default 8.</param>
/// <param name="Limit">PRESENCE_CLUSTER_LIMIT, seconds within which every watcher must be right, default 60: the promise
/// is 15 on a machine that does nothing else.</param>
/// <param name="IsFull">PRESENCE_CLUSTER_FULL=1: everything on both stores; else what the second has in common with the first is left out.</param>
/// <param name="Logs">PRESENCE_CLUSTER_LOGS, a folder in which the logs of all processes are kept, default none.</param>
/// <param name="Older">PRESENCE_CLUSTER_OLDER, a folder with the build of an older version: nothing is lost but the cluster is upgraded
/// from it to this one. Default none.</param>
/// <param name="Stores">PRESENCE_CLUSTER_STORES, which of PostgreSql, Redis, AzureStorage, by commas; default the first two.</param>
internal sealed record Scale(
    int Clients, TimeSpan Frozen, TimeSpan Limit, bool IsFull, string? Logs, string? Older, IReadOnlyList<string> Stores)
{
    public static Scale Configured => new(
        Number("CLIENTS", 24), TimeSpan.FromSeconds(Number("FROZEN", 8)), TimeSpan.FromSeconds(Number("LIMIT", 60)),
        Number("FULL", 0) == 1, Text("LOGS"), Text("OLDER"), (Text("STORES") ?? "PostgreSql,Redis").Split(','));

    private static int Number(string name, int standard) =>
        Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : standard;

    private static string? Text(string name) =>
        Environment.GetEnvironmentVariable($"PRESENCE_CLUSTER_{name}") is { Length: > 0 } text ? text : null;
}
