namespace Presence.Cluster.Tests.Logs;

/// <summary>What a test does to a cluster, and what its logs may therefore tell of.</summary>
[Flags]
internal enum Trouble
{
    /// <summary>Nothing but a machine that has other things to do too.</summary>
    Load = 0,
    SiloLost = 1,
    GatewayLost = 2,
    StoreAway = 4,
    SiloFrozen = 8,
    SiloStopped = 16,
}
