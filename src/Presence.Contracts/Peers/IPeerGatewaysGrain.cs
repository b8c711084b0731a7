namespace Presence.Contracts.Peers;

/// <summary>The gateways of this cluster that can connect to other domains. One for all; key <see cref="Key"/>.</summary>
[Alias("presence.peer-gateways")]
public interface IPeerGatewaysGrain : IGrainWithStringKey
{
    /// <summary>The one key.</summary>
    const string Key = "all";

    /// <summary>Said by each gateway every few seconds; after 20 s of silence it counts as gone.</summary>
    [Alias("renew")]
    Task Renew(string gateway, IPeerGateway reference);

    /// <summary>The gateway stops.</summary>
    [Alias("leave")]
    Task Leave(string gateway);

    /// <summary>One of them; another one than <paramref name="except"/> if there is one; null if there is none.</summary>
    [Alias("pick")]
    Task<PeerGateway?> Pick(string? except);
}

/// <summary>A gateway and the way to it.</summary>
[GenerateSerializer, Immutable, Alias("presence.peer-gateway-entry")]
public sealed record PeerGateway(
    [property: Id(0)] string Name,
    [property: Id(1)] IPeerGateway Reference);
