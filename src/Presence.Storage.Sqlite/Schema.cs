using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Presence.Storage.Sqlite;

/// <summary>The one table, and its version in <c>PRAGMA user_version</c>.</summary>
internal static class Schema
{
    public const int Version = 1;

    private const string Create =
        """
        BEGIN IMMEDIATE;
        CREATE TABLE grain_state (
            grain_type TEXT NOT NULL,
            grain_id   TEXT NOT NULL,
            state_name TEXT NOT NULL,
            etag       INTEGER NOT NULL,
            payload    BLOB NOT NULL,
            PRIMARY KEY (grain_type, grain_id, state_name)
        ) STRICT, WITHOUT ROWID;
        PRAGMA user_version = 1;
        COMMIT;
        """;

    /// <summary>Creates the table in an empty file; changes nothing in a file that it does not know.</summary>
    /// <exception cref="SqliteStorageException">The file is of a newer version, or not a state file.</exception>
    public static void Prepare(SqliteConnection connection)
    {
        var version = Number(connection, "PRAGMA user_version");
        if (version > Version)
            throw new SqliteStorageException(
                $"The state file {connection.DataSource} has schema version {version}, newer than this program's "
                + $"{Version}; start the program that wrote it, or a later one.");
        if (version == Version)
            return;
        if (version < 0 || Number(connection, "SELECT count(*) FROM sqlite_schema") > 0)
            throw new SqliteStorageException(
                $"{connection.DataSource} is a SQLite database, but not a state file of this program.");
        Connection.Run(connection, Create);
    }

    private static long Number(SqliteConnection connection, string sql) =>
        Convert.ToInt64(Connection.Ask(connection, sql), CultureInfo.InvariantCulture);
}
