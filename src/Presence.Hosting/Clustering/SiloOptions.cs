namespace Presence.Hosting.Clustering;

/// <summary>Where the silo of this process is. Configuration section <c>Presence:Silo</c>.</summary>
public sealed class SiloOptions
{
    public const string Section = "Presence:Silo";

    /// <summary>Gateway only: whether the silo is in this process. Default <see cref="SiloMode.Embedded"/>.</summary>
    public SiloMode Mode { get; init; }

    /// <summary>IP address by which other processes of the cluster reach this silo. Default <c>127.0.0.1</c>.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Port for other silos: 0–65 535, default 0, which takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Port for Orleans clients: 0–65 535, default 0, which takes a free one.</summary>
    public int GatewayPort { get; init; }

    /// <summary>True to take name, address and cluster from the labels of the Kubernetes pod. Default false.</summary>
    public bool Kubernetes { get; init; }
}
