using Microsoft.Data.Sqlite;
using Orleans.Storage;
using SQLitePCL;

namespace Presence.Storage.Sqlite;

/// <summary>The statements that change rows. Belongs to the thread of the <see cref="GroupCommit"/>.</summary>
internal sealed class RowWriter(SqliteConnection connection) : IDisposable
{
    private const string Key = "grain_type = ?1 AND grain_id = ?2 AND state_name = ?3";

    private readonly Statement _begin = new(connection, "BEGIN IMMEDIATE");
    private readonly Statement _commit = new(connection, "COMMIT");
    private readonly Statement _rollback = new(connection, "ROLLBACK");
    private readonly Statement _insert = new(connection,
        "INSERT INTO grain_state (grain_type, grain_id, state_name, etag, payload) VALUES (?1, ?2, ?3, ?4, ?5) "
        + "ON CONFLICT DO NOTHING");
    private readonly Statement _update = new(connection,
        $"UPDATE grain_state SET etag = ?4, payload = ?5 WHERE {Key} AND etag = ?6");

    // Two BLOBs are joined as the octets that they are; the type alone becomes TEXT. What nothing can stand behind does not match.
    private readonly Statement _append = new(connection,
        $"UPDATE grain_state SET etag = ?4, payload = CAST(payload || ?5 AS BLOB) WHERE {Key} AND etag = ?6 "
        + $"AND substr(payload, 1, 1) = x'{StateOctets.Growing:x2}'");
    private readonly Statement _delete = new(connection, $"DELETE FROM grain_state WHERE {Key} AND etag = ?4");
    private readonly Statement _etag = new(connection, $"SELECT etag FROM grain_state WHERE {Key}");

    // At least every ETag that a row had while this process ran. New ones lie above it, so that a stale activation
    // does not match a row that was cleared and written anew. Older processes left no activations to be stale.
    private long _highestEtag;

    public bool InTransaction => raw.sqlite3_get_autocommit(connection.Handle!) == 0;

    public void Begin()
    {
        if (InTransaction)
            Rollback();
        _begin.Run();
    }

    public void Commit() => _commit.Run();

    public void Rollback()
    {
        if (InTransaction)
            _rollback.Run();
    }

    /// <summary>Gives the row's new ETag, or null after a clear.</summary>
    /// <exception cref="InconsistentStateException">The row is not as the caller has seen it.</exception>
    public long? Apply(Change change)
    {
        if (change.Payload is { } payload)
            return change.ExpectedEtag is { } seen ? Update(change, seen, payload) : Insert(change, payload);
        Delete(change);
        return null;
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _begin, _commit, _rollback, _insert, _update, _append, _delete, _etag })
            statement.Dispose();
    }

    private long Insert(Change change, ReadOnlyMemory<byte> payload)
    {
        var etag = ++_highestEtag;
        return _insert.Bind(1, change.Key).Bind(4, etag).Bind(5, payload.Span).Run() == 1
            ? etag
            : throw Conflict(change);
    }

    private long Update(Change change, long seen, ReadOnlyMemory<byte> payload)
    {
        var etag = Math.Max(_highestEtag, seen) + 1;
        var statement = change.IsAddition ? _append : _update;
        if (statement.Bind(1, change.Key).Bind(4, etag).Bind(5, payload.Span).Bind(6, seen).Run() == 0)
            throw Conflict(change);
        _highestEtag = etag;
        return etag;
    }

    private void Delete(Change change)
    {
        if (change.ExpectedEtag is not { } seen)
        {
            if (StoredEtag(change.Key) is not null)
                throw Conflict(change);
            return;
        }

        if (_delete.Bind(1, change.Key).Bind(4, seen).Run() == 0)
            throw Conflict(change);
        _highestEtag = Math.Max(_highestEtag, seen);
    }

    private long? StoredEtag(RowKey key) =>
        _etag.Bind(1, key).First(static row => (long?)raw.sqlite3_column_int64(row, 0));

    private InconsistentStateException Conflict(Change change)
    {
        var stored = Etag.Format(StoredEtag(change.Key));
        var current = Etag.Format(change.ExpectedEtag);
        return new InconsistentStateException(
            $"ETag conflict on {change.Key}: stored {stored ?? "none"}, expected {current ?? "none"}.",
            stored,
            current);
    }
}
