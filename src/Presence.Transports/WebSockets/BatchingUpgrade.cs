using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Presence.Transports.WebSockets;

/// <summary>Puts a <see cref="BatchingStream"/> under the WebSocket that a request of HTTP/1.1 becomes.</summary>
internal sealed class BatchingUpgrade(IHttpUpgradeFeature upgrade) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

    /// <summary>Null until the request is upgraded.</summary>
    public BatchingStream? Stream { get; private set; }

    /// <summary>To stand before <c>UseWebSockets</c>, which upgrades by the feature that it finds.</summary>
    public static void Use(WebApplication app) => app.Use((http, next) =>
    {
        if (http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
            http.Features.Set<IHttpUpgradeFeature>(new BatchingUpgrade(upgrade));
        return next(http);
    });

    /// <summary>Null where there is none: messages then leave one by one.</summary>
    public static BatchingStream? Of(HttpContext http) => (http.Features.Get<IHttpUpgradeFeature>() as BatchingUpgrade)?.Stream;

    public async Task<Stream> UpgradeAsync() => Stream = new BatchingStream(await upgrade.UpgradeAsync());
}
