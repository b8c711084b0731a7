using Presence.Hosting.Options;

namespace Presence.Hosting.Clustering;

/// <summary>Finds the connection string where it was configured, and the store that goes with it.</summary>
internal static class ClusterConnection
{
    private const string Key = $"{ClusterOptions.Section}:{nameof(ClusterOptions.Connection)}";
    private const string FileKey = $"{ClusterOptions.Section}:{nameof(ClusterOptions.ConnectionFile)}";

    /// <summary>Null for SQLite, which is no store that silos could share.</summary>
    /// <exception cref="StartRefusedException">The store needs a connection string and none can be had.</exception>
    public static IClusterStore? StoreOf(ClusterOptions options) => options.Store switch
    {
        ClusterStoreKind.PostgreSql => new PostgreSqlStore(Read(options)),
        ClusterStoreKind.Redis => new RedisStore(Read(options)),
        ClusterStoreKind.AzureStorage when options.AzureAccount.Length > 0 => new AzureStore(null, options.AzureAccount),
        ClusterStoreKind.AzureStorage => new AzureStore(Read(options), ""),
        _ => null,
    };

    /// <exception cref="StartRefusedException">None is configured, or its file cannot be read.</exception>
    public static string Read(ClusterOptions options)
    {
        if (options.Connection.Length > 0)
            return options.Connection;
        if (options.ConnectionFile.Length == 0)
            throw new StartRefusedException($"{Key}: {options.Store} needs a connection string, here or by {FileKey}");
        try
        {
            var text = File.ReadAllText(options.ConnectionFile).Trim();
            return text.Length > 0
                ? text
                : throw StartRefusedException.About(FileKey, options.ConnectionFile, "the file is empty");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw StartRefusedException.About(FileKey, options.ConnectionFile, $"it cannot be read ({cause.Message})");
        }
    }
}
