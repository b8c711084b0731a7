using Presence.Sessions;
using Presence.Sessions.Administration;

namespace Presence.Gateway.Health;

internal static class HealthEndpoint
{
    /// <summary><c>GET /healthz</c>: 200 while the node serves, else 503. Open to everyone.</summary>
    public static void MapHealth(this WebApplication app) => app.MapGet("/healthz", Answer);

    private static IResult Answer(IHostApplicationLifetime lifetime, HostedDomains domains, Intake intake)
    {
        var status = lifetime.ApplicationStopping.IsCancellationRequested ? "stopping"
            : intake.IsClosed ? "draining"
            : lifetime.ApplicationStarted.IsCancellationRequested ? "ok"
            : "starting";
        var health = new Health(status, Engine.Name, domains.All[0].Value, [.. domains.All.Select(one => one.Value)]);
        return Results.Json(
            health, statusCode: status == "ok" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <param name="Status"><c>ok</c>, <c>starting</c>, <c>draining</c> or <c>stopping</c>.</param>
    /// <param name="Engine">Name and version.</param>
    /// <param name="Domain">The first hosted domain.</param>
    /// <param name="Domains">All of them.</param>
    private sealed record Health(string Status, string Engine, string Domain, IReadOnlyList<string> Domains);
}
