using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Presence.Storage.Sqlite;

/// <summary>
/// A prepared statement below ADO.NET: keys are bound as the octets that they are (ADO.NET cuts text at a NUL), and
/// nothing is boxed. Belongs to one thread. Every failure is a <see cref="SqliteException"/>.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public Statement Bind(int index, RowKey key)
    {
        BindText(index, key.Grain.Type.AsSpan());
        BindText(index + 1, key.Grain.Key.AsSpan());
        BindText(index + 2, Encoding.UTF8.GetBytes(key.StateName));
        return this;
    }

    public Statement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, index, value));
        return this;
    }

    public Statement Bind(int index, ReadOnlySpan<byte> payload)
    {
        // An empty span would bind NULL.
        Check(payload.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_statement, index, 0)
            : raw.sqlite3_bind_blob(_statement, index, payload));
        return this;
    }

    /// <summary>Runs a statement without rows, and tells how many rows it changed.</summary>
    public int Run()
    {
        try
        {
            Step();
            return raw.sqlite3_changes(_database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first row as <paramref name="take"/> sees it, or default. The read snapshot ends here.</summary>
    public T? First<T>(Func<sqlite3_stmt, T> take)
    {
        try
        {
            return Step() ? take(_statement) : default;
        }
        finally
        {
            Reset();
        }
    }

    public void Dispose() => _statement.Dispose();

    private void BindText(int index, ReadOnlySpan<byte> text) =>
        Check(text.IsEmpty
            ? raw.sqlite3_bind_text(_statement, index, "")
            : raw.sqlite3_bind_text(_statement, index, text));

    private bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result is raw.SQLITE_ROW or raw.SQLITE_DONE)
            return result == raw.SQLITE_ROW;
        SqliteException.ThrowExceptionForRC(result, _database);
        return false;
    }

    // The code of a reset repeats the failure of the step before it, which has been thrown already.
    private void Reset() => _ = raw.sqlite3_reset(_statement);

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
