using System.Globalization;
using System.Net;
using Presence.Hosting.Clustering;

namespace Presence.Hosting.Options;

/// <summary>Keys of the cluster and of the silo's place in it.</summary>
public static class ClusterOptionKeys
{
    private static readonly ClusterOptions Cluster = new();
    private static readonly SiloOptions Silo = new();

    private static readonly OptionRule Name = new(
        "1–100 letters, digits, - and _",
        value => value.Length is >= 1 and <= 100 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? null
            : "1–100 letters, digits, - and _ are needed");

    private static readonly OptionRule Address = new(
        "an IP address", value => IPAddress.TryParse(value, out _) ? null : "an IP address is needed");

    private static readonly OptionRule Account = new(
        "3–24 lower-case letters and digits",
        value => value.Length is >= 3 and <= 24 && value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            ? null
            : "the name of a storage account is needed");

    public static readonly IReadOnlyList<OptionKey> All =
    [
        new($"{ClusterOptions.Section}:{nameof(Cluster.Store)}", $"{Cluster.Store}", OptionRules.Word<ClusterStoreKind>(),
            "What holds membership and state; Sqlite: one silo alone."),
        new($"{ClusterOptions.Section}:{nameof(Cluster.Connection)}", "", OptionRules.Text,
            "Connection string of the store.", IsSecret: true),
        new($"{ClusterOptions.Section}:{nameof(Cluster.ConnectionFile)}", "", OptionRules.Path,
            "File that holds the connection string, in its place."),
        new($"{ClusterOptions.Section}:{nameof(Cluster.AzureAccount)}", "", Account,
            "Storage account reached by managed identity, in place of a connection string."),
        new($"{ClusterOptions.Section}:{nameof(Cluster.ClusterId)}", Cluster.ClusterId, Name,
            "Name by which silos and gateways find each other."),
        new($"{ClusterOptions.Section}:{nameof(Cluster.ServiceId)}", Cluster.ServiceId, Name,
            "Name to which stored state belongs; never change it."),
        new($"{ClusterOptions.Section}:{nameof(Cluster.RouteQueues)}", Plain(Cluster.RouteQueues),
            OptionRules.Whole(1, 64), "Queues of route streams; the same in all processes."),
        new($"{SiloOptions.Section}:{nameof(Silo.Mode)}", $"{Silo.Mode}", OptionRules.Word<SiloMode>(),
            "Gateway: silo in this process, or client of silos elsewhere."),
        new($"{SiloOptions.Section}:{nameof(Silo.Address)}", Silo.Address, Address,
            "IP address by which others reach the silo."),
        new($"{SiloOptions.Section}:{nameof(Silo.Port)}", Plain(Silo.Port), OptionRules.Whole(0, 65_535),
            "Silo's port for other silos. 0: a free one."),
        new($"{SiloOptions.Section}:{nameof(Silo.GatewayPort)}", Plain(Silo.GatewayPort), OptionRules.Whole(0, 65_535),
            "Its port for Orleans clients. 0: a free one."),
        new($"{SiloOptions.Section}:{nameof(Silo.Kubernetes)}", "false", OptionRules.Flag,
            "Takes name and address from the Kubernetes pod."),
    ];

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);
}
