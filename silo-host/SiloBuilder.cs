using Microsoft.AspNetCore.Server.Kestrel.Core;
using Presence.Contracts;
using Presence.Grains;
using Presence.Grains.Groups;
using Presence.Hosting;
using Presence.Hosting.Clustering;
using Presence.Hosting.Options;
using Presence.Hosting.Options.Reload;
using Presence.Hosting.Telemetry;
using Presence.Model.Addresses;

namespace Presence.SiloHost;

/// <summary>The parts of a silo without sockets for clients; its HTTP port is for probes and measurements only.</summary>
internal static class SiloBuilder
{
    // Deactivating grains hands their sessions to other silos, which takes its time under load.
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(30);

    public static WebApplicationBuilder Create(string[] args)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(SiloBuilder).Assembly.GetName().Name,
            ContentRootPath = Directory.GetCurrentDirectory(),
        });
        builder.AddReloadingConfiguration(args, SiloOptionCatalogue.Set, SiloOptionCatalogue.Set.Check);
        return builder;
    }

    public static HttpPort AddSilo(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        builder.AddHostLogging();
        builder.AddTelemetry("presence-silo");
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTime);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(PresenceClock.System);
        builder.Services.AddRoutingCore();
        if (Section<List<string>>(configuration, SiloOptionCatalogue.DomainsKey) is { Count: > 0 } domains)
            builder.Services.AddSingleton<IHostedDomains>(new ConfiguredDomains(domains.Select(Domain.Parse).ToHashSet()));
        builder.Services.AddLiveOptions<GrainOptions>(GrainOptions.Section);
        builder.Services.AddLiveOptions<AccessOptions>(AccessOptions.Section);
        builder.Services.AddLiveOptions<GroupOptions>(GroupOptions.Section);
        var data = Path.GetFullPath(configuration[SiloOptionCatalogue.DataKey] ?? "./data");
        builder.AddPresenceSilo(
            Section<ClusterOptions>(configuration, ClusterOptions.Section),
            Section<SiloOptions>(configuration, SiloOptions.Section),
            Path.Combine(data, "presence.db"));

        var http = new HttpPort();
        var end = EndPoints.Parse(configuration[SiloOptionCatalogue.HttpKey] ?? SiloOptionCatalogue.DefaultHttp);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (end is not null)
                kestrel.Listen(end, listen => (http.Listen = listen).Protocols = HttpProtocols.Http1);
        });
        return http;
    }

    private static T Section<T>(ConfigurationManager configuration, string section)
        where T : new() => configuration.GetSection(section).Get<T>() ?? new T();
}
