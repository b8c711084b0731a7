namespace Presence.Federation.Peers;

/// <summary>Whom this node federates with.</summary>
public enum FederationTrust
{
    /// <summary>With nobody.</summary>
    Off,

    /// <summary>With the domains that are configured as peers.</summary>
    Listed,

    /// <summary>With every domain that proves itself and is not blocked.</summary>
    Open,
}
