namespace Presence.SiloHost;

internal static class SiloHealth
{
    /// <summary>
    /// <c>GET /healthz/live</c>: 200 while the process runs. <c>GET /healthz/ready</c>: 200 while the silo is an active
    /// member of its cluster, else 503.
    /// </summary>
    public static void MapSiloHealth(this WebApplication app)
    {
        app.MapGet("/healthz/live", () => Results.Text("live\n"));
        app.MapGet("/healthz/ready", (ISiloStatusOracle silo, IHostApplicationLifetime lifetime) =>
            silo.CurrentStatus == SiloStatus.Active && !lifetime.ApplicationStopping.IsCancellationRequested
                ? Results.Text("ready\n")
                : Results.Text($"{silo.CurrentStatus}\n", statusCode: StatusCodes.Status503ServiceUnavailable));
    }
}
