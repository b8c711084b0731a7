using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Presence.Storage.Sqlite;

/// <summary>Opens connections to the state file, and speaks pragmas.</summary>
internal static class Connection
{
    // Others (a backup, an operator's shell) may hold the file for a moment; an SQLite call waits this long for them.
    private const int BusyMilliseconds = 5000;

    // A surge leaves no larger log behind.
    private const int WalBytesKept = 64 * 1024 * 1024;

    public static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var target = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false };
        var connection = new SqliteConnection(target.ToString());
        try
        {
            connection.Open();
            _ = raw.sqlite3_busy_timeout(connection.Handle!, BusyMilliseconds);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Switches the file to WAL, and this connection to the promised durability.</summary>
    public static void Journal(SqliteConnection connection, SynchronousMode synchronous)
    {
        var mode = Ask(connection, "PRAGMA journal_mode = WAL") as string;
        if (mode != "wal")
            throw new SqliteStorageException($"{connection.DataSource} cannot keep a write-ahead log (mode {mode}).");
        Run(connection, $"PRAGMA synchronous = {(synchronous == SynchronousMode.Full ? "FULL" : "NORMAL")}");
        // Only macOS tells a flush to the drive from a flush to the platter; elsewhere this does nothing.
        Run(connection, $"PRAGMA fullfsync = {(synchronous == SynchronousMode.Full ? "ON" : "OFF")}");
        Run(connection, $"PRAGMA journal_size_limit = {WalBytesKept}");
    }

    public static object? Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of this assembly; pragmas take no parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    public static void Run(SqliteConnection connection, string sql) => _ = Ask(connection, sql);
}
