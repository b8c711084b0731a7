using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Presence.Client;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The client as a service of an application.</summary>
public static class PresenceClientServices
{
    /// <summary>
    /// Adds one <see cref="PresenceClient"/> for the application. It connects in the background when it is first asked for,
    /// logs where the application logs, and leaves when the application stops. Options may also be configured by
    /// <c>services.Configure&lt;PresenceClientOptions&gt;(section)</c>.
    /// </summary>
    /// <example>
    /// <code>
    /// builder.Services.AddPresenceClient(options =>
    /// {
    ///     options.Server = "pip://127.0.0.1:7749";
    ///     options.Account = "web@localhost";
    ///     options.Password = "spider";
    /// });
    /// </code>
    /// </example>
    public static IServiceCollection AddPresenceClient(
        this IServiceCollection services, Action<PresenceClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<PresenceClientOptions>().Configure<IServiceProvider>((options, provider) =>
        {
            if (provider.GetService<ILoggerFactory>() is { } logging)
                options.LoggerFactory = logging;

            if (provider.GetService<TimeProvider>() is { } time)
                options.Time = time;
        });
        if (configure is not null)
            services.Configure(configure);

        services.TryAddSingleton(provider =>
            PresenceClient.Start(provider.GetRequiredService<IOptions<PresenceClientOptions>>().Value));
        return services;
    }
}
