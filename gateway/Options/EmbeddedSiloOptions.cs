namespace Presence.Gateway.Options;

/// <summary>Ports of the embedded silo, on loopback. Configuration section <c>Presence:Silo</c>.</summary>
public sealed class EmbeddedSiloOptions
{
    public const string Section = "Presence:Silo";

    /// <summary>Port for other silos: 0–65 535, default 0, which takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Port for Orleans clients: 0–65 535, default 0, which takes a free one.</summary>
    public int GatewayPort { get; init; }
}
