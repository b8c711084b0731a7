using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Presence.Hosting.Telemetry;

/// <summary>Metrics for Prometheus; metrics, traces and logs over OTLP. Nothing of it costs anything unless it is switched on.</summary>
public static class TelemetrySetup
{
    private static readonly string[] Meters =
        ["Presence.*", "Microsoft.Orleans", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Hosting"];

    private static readonly string[] Sources = ["Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime", "Presence.*"];

    /// <param name="host">The process.</param>
    /// <param name="service">Its name, <c>presence-silo</c> or <c>presence-gateway</c>.</param>
    public static void AddTelemetry(this IHostApplicationBuilder host, string service)
    {
        var options = Options(host.Configuration);
        var collector = options.Otlp.Length > 0 ? new Uri(options.Otlp) : null;
        if (options.Metrics == MetricsAccess.Off && collector is null)
            return;
        var telemetry = host.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceInstanceId: Environment.MachineName))
            .WithMetrics(metrics => Configure(metrics, options, collector));
        if (collector is null)
            return;
        telemetry.WithTracing(traces => traces.AddSource(Sources).AddOtlpExporter(otlp => otlp.Endpoint = collector));
        host.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.AddOtlpExporter(otlp => otlp.Endpoint = collector);
        });
    }

    /// <summary><c>GET /metrics</c>, for whom the configuration lets; 404 for all others.</summary>
    public static void MapMetrics(this WebApplication app)
    {
        var access = Options(app.Configuration).Metrics;
        if (access != MetricsAccess.Off)
            app.UseOpenTelemetryPrometheusScrapingEndpoint(
                context => context.Request.Path == "/metrics" && (access == MetricsAccess.Open || IsLocal(context)));
    }

    private static void Configure(MeterProviderBuilder metrics, TelemetryOptions options, Uri? collector)
    {
        metrics.AddMeter(Meters).AddRuntimeInstrumentation();
        if (options.Metrics != MetricsAccess.Off)
            metrics.AddPrometheusExporter();
        if (collector is not null)
            metrics.AddOtlpExporter(otlp => otlp.Endpoint = collector);
    }

    private static TelemetryOptions Options(IConfiguration configuration) =>
        configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new TelemetryOptions();

    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote);
}
