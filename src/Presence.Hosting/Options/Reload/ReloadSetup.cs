using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Presence.Hosting.Options.Reload;

/// <summary>How a process comes to its configuration, and how it follows it.</summary>
public static class ReloadSetup
{
    /// <summary>
    /// Reads <c>appsettings.json</c> in the current directory, the environment and the command line, with the security profile
    /// beneath, and goes on to follow the file.
    /// </summary>
    /// <param name="host">The process.</param>
    /// <param name="args">Its command line.</param>
    /// <param name="known">Its keys.</param>
    /// <param name="check">Throws <see cref="StartRefusedException"/> for what it would not start with.</param>
    /// <exception cref="StartRefusedException">The file cannot be read.</exception>
    public static void AddReloadingConfiguration(
        this IHostApplicationBuilder host, string[] args, OptionSet known, Action<IConfiguration> check)
    {
        ArgumentNullException.ThrowIfNull(host);
        var layers = new ConfigurationLayers(Path.Combine(host.Environment.ContentRootPath, "appsettings.json"), args, known);
        layers.AddTo(host.Configuration);
        host.Services.AddHostedService(
            provider => ActivatorUtilities.CreateInstance<ReloadingConfiguration>(provider, layers, check));
    }

    /// <summary>Options whose values follow the configuration for everybody who asks for <see cref="IOptions{T}"/>.</summary>
    public static void AddLiveOptions<T>(this IServiceCollection services, string section)
        where T : class
    {
        services.AddOptions<T>().BindConfiguration(section);
        services.AddSingleton<IOptions<T>, LiveOptions<T>>();
    }
}
