namespace Presence.Contracts.Routes;

/// <summary>A grain that holds something of gateways and must know when one is lost.</summary>
[Alias("presence.gateway-bound")]
public interface IGatewayBound : IGrainWithStringKey
{
    /// <summary>The gateway of this route is dead; nothing that it served is served any more.</summary>
    [Alias("gateway-lost")]
    Task GatewayLost(string route);
}
