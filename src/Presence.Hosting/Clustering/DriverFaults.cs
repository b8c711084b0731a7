using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Presence.Hosting.Clustering;

/// <summary>
/// Exceptions of the stores' drivers may cross from process to process, inside of what Orleans throws when it cannot read or write for a
/// grain. Orleans lets those of its own and of the system pass; another one would reach the caller as a codec that is missing, and a
/// client that may try again as 500.
/// </summary>
internal static class DriverFaults
{
    private static readonly string[] Drivers = ["Npgsql", "StackExchange.Redis"];

    /// <summary>For silos and for gateways that are clients of silos.</summary>
    public static void Pass(IServiceCollection services) => services.Configure<ExceptionSerializationOptions>(options =>
    {
        foreach (var driver in Drivers)
            options.SupportedNamespacePrefixes.Add(driver);
    });
}
