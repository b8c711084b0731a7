using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Presence.Hosting.Telemetry;

namespace Presence.Hosting.Tests.Telemetry;

public sealed class MetricsTests
{
    [Theory]
    [InlineData(MetricsAccess.Local)]
    [InlineData(MetricsAccess.Open)]
    public async Task Prometheus_reads_the_measurements_of_the_process_when_it_may(MetricsAccess access)
    {
        await using var host = await Start(access);
        using var http = Client(host);
        await http.GetAsync("/metrics", TestContext.Current.CancellationToken);

        var text = await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Contains("service_name=\"presence-test\"", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_process_memory_working_set_bytes", text, StringComparison.Ordinal);
        Assert.Contains("kestrel_active_connections", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_reads_them_unless_they_are_switched_on()
    {
        await using var host = await Start(MetricsAccess.Off);
        using var http = Client(host);

        using var answer = await http.GetAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<WebApplication> Start(MetricsAccess access)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new($"{TelemetryOptions.Section}:Metrics", $"{access}")]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddTelemetry("presence-test");
        var host = builder.Build();
        host.MapMetrics();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    private static HttpClient Client(WebApplication host) => new() { BaseAddress = new Uri(host.Urls.Single()) };
}
