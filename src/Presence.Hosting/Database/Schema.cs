using System.Globalization;
using Npgsql;

namespace Presence.Hosting.Database;

/// <summary>Brings a PostgreSQL database to the form that this version needs. What is there already is left alone.</summary>
internal static class Schema
{
    // Any number will do, as long as nobody else takes it: two that migrate at once must wait for each other.
    private const long Lock = 0x50524553;

    private const string Make =
        """
        SELECT pg_advisory_xact_lock(@lock);
        CREATE TABLE IF NOT EXISTS presence_schema (
            version integer PRIMARY KEY,
            name text NOT NULL,
            applied timestamptz NOT NULL DEFAULT now());
        """;

    // Tombstones are of use while somebody may still hold an older version of the state, which is not for days.
    private const string ForgetCleared = "DELETE FROM presence_state WHERE payload IS NULL AND changed < now() - interval '1 day'";

    /// <summary>Applies what is missing, all of it or nothing; gives the names of what was applied.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached, or refuses.</exception>
    public static async Task<IReadOnlyList<string>> Migrate(string connection, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var open = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await open.BeginTransactionAsync(cancellation);
        await Run(open, Make, cancellation, new NpgsqlParameter("lock", Lock));
        var present = await Version(open, cancellation);
        List<string> applied = [];
        foreach (var migration in Migration.All.Where(migration => migration.Version > present))
        {
            await Run(open, migration.Text, cancellation);
            await Run(open, "INSERT INTO presence_schema (version, name) VALUES (@version, @name)", cancellation,
                new NpgsqlParameter("version", migration.Version), new NpgsqlParameter("name", migration.Name));
            applied.Add(migration.Name);
        }

        await Run(open, ForgetCleared, cancellation);
        await transaction.CommitAsync(cancellation);
        return applied;
    }

    private static async Task<int> Version(NpgsqlConnection open, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM presence_schema", open);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
    }

    private static async Task Run(
        NpgsqlConnection open, string text, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        // The text of a migration holds the parameters of statements that others will run, so it is not looked at for any.
        await using var command = new NpgsqlCommand(text, open);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
