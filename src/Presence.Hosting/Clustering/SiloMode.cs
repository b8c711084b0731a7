namespace Presence.Hosting.Clustering;

/// <summary>Whether a gateway brings its silo along.</summary>
public enum SiloMode
{
    /// <summary>The silo is in the gateway's process.</summary>
    Embedded = 0,

    /// <summary>The gateway is an Orleans client of silos elsewhere.</summary>
    Client = 1,
}
