using Presence.Sessions;
using Presence.Sessions.Administration;
using Presence.Sessions.Gateways;

namespace Presence.Gateway.Health;

internal static class HealthEndpoint
{
    /// <summary>
    /// <c>GET /healthz</c> and <c>/healthz/ready</c>: 200 while the node serves, else 503; a gateway that reaches no silo does
    /// not. <c>GET /healthz/live</c>: 200 while the process runs. Open to everyone.
    /// </summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz", Answer);
        app.MapGet("/healthz/ready", Answer);
        app.MapGet("/healthz/live", () => Results.Text("live\n"));
    }

    private static IResult Answer(
        IHostApplicationLifetime lifetime, HostedDomains domains, Intake intake, SiloContact silos)
    {
        var status = lifetime.ApplicationStopping.IsCancellationRequested ? "stopping"
            : intake.IsClosed ? "draining"
            : !lifetime.ApplicationStarted.IsCancellationRequested ? "starting"
            : silos.IsAlive ? "ok"
            : "no-silo";
        var health = new Health(status, Engine.Name, domains.All[0].Value, [.. domains.All.Select(one => one.Value)]);
        return Results.Json(
            health, statusCode: status == "ok" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <param name="Status"><c>ok</c>, <c>starting</c>, <c>draining</c>, <c>stopping</c> or <c>no-silo</c>.</param>
    /// <param name="Engine">Name and version.</param>
    /// <param name="Domain">The first hosted domain.</param>
    /// <param name="Domains">All of them.</param>
    private sealed record Health(string Status, string Engine, string Domain, IReadOnlyList<string> Domains);
}
