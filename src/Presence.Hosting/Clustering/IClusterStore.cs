namespace Presence.Hosting.Clustering;

/// <summary>A store that silos share: membership, grain state, and who follows which stream.</summary>
internal interface IClusterStore
{
    /// <summary>Name of the grain storage in which Orleans keeps who follows which stream.</summary>
    const string PubSubStore = "PubSubStore";

    void Use(ISiloBuilder silo);

    void Use(IClientBuilder client);
}
