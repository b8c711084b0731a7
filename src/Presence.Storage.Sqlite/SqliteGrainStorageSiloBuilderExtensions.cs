using Orleans.Providers;

namespace Presence.Storage.Sqlite;

public static class SqliteGrainStorageSiloBuilderExtensions
{
    /// <summary>
    /// Keeps the state of <c>[PersistentState("…", <paramref name="name"/>)]</c> in a SQLite file of this process.
    /// Other silos cannot share the file: a cluster of several silos needs a storage server.
    /// </summary>
    public static ISiloBuilder AddSqliteGrainStorage(
        this ISiloBuilder builder, string name, Action<SqliteGrainStorageOptions> configureOptions) =>
        builder.ConfigureServices(services => services.AddSqliteGrainStorage(name, configureOptions));

    /// <inheritdoc cref="AddSqliteGrainStorage"/>
    /// <remarks>Serves the grains that name no provider.</remarks>
    public static ISiloBuilder AddSqliteGrainStorageAsDefault(
        this ISiloBuilder builder, Action<SqliteGrainStorageOptions> configureOptions) =>
        builder.AddSqliteGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configureOptions);
}
