using Microsoft.Extensions.Configuration;
using Npgsql;
using Presence.Hosting.Clustering;
using Presence.Hosting.Options;

namespace Presence.Hosting.Database;

/// <summary><c>db init</c>: makes or renews the tables of the cluster's store. Harmless to repeat.</summary>
public static class DatabaseCommand
{
    /// <exception cref="StartRefusedException">The store needs no tables, or cannot be reached.</exception>
    public static async Task<int> Init(IConfiguration configuration, TextWriter output, CancellationToken cancellation)
    {
        var cluster = configuration.GetSection(ClusterOptions.Section).Get<ClusterOptions>() ?? new ClusterOptions();
        if (cluster.Store != ClusterStoreKind.PostgreSql)
        {
            await output.WriteLineAsync($"{cluster.Store} makes what it needs by itself.");
            return ExitCodes.Success;
        }

        try
        {
            var applied = await Schema.Migrate(ClusterConnection.Read(cluster), cancellation);
            await output.WriteLineAsync(applied.Count == 0
                ? "The database is up to date."
                : $"Applied: {string.Join(", ", applied)}");
            return ExitCodes.Success;
        }
        catch (Exception cause) when (cause is NpgsqlException or ArgumentException)
        {
            // The message of Npgsql names host and user, never the password.
            throw new StartRefusedException($"The database cannot be prepared: {cause.Message}", cause);
        }
    }
}
