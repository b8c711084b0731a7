using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Presence.Transports.WebSockets;

public static class WebSocketEndpoints
{
    /// <summary>
    /// Sessions over WebSocket at <c>/pip</c>, and where to find them at <c>/.well-known/pip</c>
    /// (docs/protocol/transports.md, "WebSocket").
    /// </summary>
    public static void MapWebSockets(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        BatchingUpgrade.Use(app);
        app.UseWebSockets();
        var door = ActivatorUtilities.CreateInstance<WebSocketDoor>(app.Services);
        app.Map(WebSocketSettings.Path, door.Answer);
        app.MapGet("/.well-known/pip", Discover);
    }

    private static IResult Discover(HttpRequest request, IOptions<WebSocketSettings> settings)
    {
        var scheme = request.IsHttps ? "wss" : "ws";
        string[] here = [$"{scheme}://{request.Host}{WebSocketSettings.Path}"];
        return Results.Json(new Discovery(settings.Value.Urls is { Count: > 0 } urls ? urls : here));
    }

    private sealed record Discovery(IReadOnlyList<string> Ws);
}
