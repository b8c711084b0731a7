namespace Presence.Hosting.Telemetry;

/// <summary>What operators are shown. Configuration section <c>Presence:Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "Presence:Telemetry";

    /// <summary>Who may read <c>GET /metrics</c>, the Prometheus text format. Default <see cref="MetricsAccess.Off"/>.</summary>
    public MetricsAccess Metrics { get; init; }

    /// <summary>Collector that takes metrics, traces and logs by OTLP over gRPC, as <c>http://collector:4317</c>. Default none.</summary>
    public string Otlp { get; init; } = "";
}
