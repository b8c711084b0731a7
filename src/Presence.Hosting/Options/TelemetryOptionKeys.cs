using Presence.Hosting.Telemetry;

namespace Presence.Hosting.Options;

/// <summary>The keys of <see cref="TelemetryOptions"/>.</summary>
public static class TelemetryOptionKeys
{
    private static readonly TelemetryOptions Standard = new();

    private static readonly OptionRule Url = new(
        "an http or https URL",
        value => Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? null
            : "an http or https URL is needed");

    public static readonly IReadOnlyList<OptionKey> All =
    [
        new($"{TelemetryOptions.Section}:{nameof(Standard.Metrics)}", $"{Standard.Metrics}", OptionRules.Word<MetricsAccess>(),
            "Who may read /metrics: nobody, this machine, everybody."),
        new($"{TelemetryOptions.Section}:{nameof(Standard.Otlp)}", "", Url,
            "Collector of metrics, traces and logs over OTLP/gRPC."),
    ];
}
