using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Presence.Storage.Sqlite;

public static class SqliteGrainStorageServiceCollectionExtensions
{
    /// <inheritdoc cref="SqliteGrainStorageSiloBuilderExtensions.AddSqliteGrainStorage"/>
    public static IServiceCollection AddSqliteGrainStorage(
        this IServiceCollection services, string name, Action<SqliteGrainStorageOptions> configureOptions)
    {
        services.AddOptions<SqliteGrainStorageOptions>(name).Configure(configureOptions);
        services.AddTransient<IConfigurationValidator>(
            provider => new SqliteGrainStorageOptionsValidator(OptionsOf(provider, name), name));
        services.ConfigureNamedOptionForLogging<SqliteGrainStorageOptions>(name);
        return services.AddGrainStorage(name, Create);
    }

    private static SqliteGrainStorage Create(IServiceProvider services, string name)
    {
        var options = OptionsOf(services, name);
        var serializer = options.Serializer
            ?? services.GetKeyedService<IGrainStorageSerializer>(name)
            ?? new PackedJsonSerializer(new JsonGrainStorageSerializer());
        return new SqliteGrainStorage(
            name,
            options,
            serializer,
            services.GetRequiredService<IActivatorProvider>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<SqliteGrainStorage>>());
    }

    private static SqliteGrainStorageOptions OptionsOf(IServiceProvider services, string name) =>
        services.GetRequiredService<IOptionsMonitor<SqliteGrainStorageOptions>>().Get(name);
}
