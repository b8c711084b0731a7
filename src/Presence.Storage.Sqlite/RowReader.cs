using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Presence.Storage.Sqlite;

/// <summary>
/// A few threads with a read-only connection each. A read takes a snapshot of its own after it was asked for, so it
/// sees every write that was answered before; in WAL mode it waits for no writer.
/// </summary>
internal sealed class RowReader : IDisposable
{
    private const int QueueLength = 4096;

    private const string Select =
        "SELECT etag, payload FROM grain_state WHERE grain_type = ?1 AND grain_id = ?2 AND state_name = ?3";

    private readonly Inbox<Ask> _inbox = new(QueueLength);
    private readonly List<Thread> _threads = [];

    public RowReader(int threads, Func<SqliteConnection> open)
    {
        try
        {
            for (var i = 0; i < threads; i++)
                Start(open());
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public async Task<StoredRow?> Read(RowKey key, CancellationToken cancellationToken)
    {
        var ask = new Ask(key);
        await _inbox.Post(ask, cancellationToken);
        return await ask.Answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Refuses further reads and blocks until the queued ones are answered.</summary>
    public void Dispose()
    {
        _inbox.Close();
        foreach (var thread in _threads)
            thread.Join();
    }

    private void Start(SqliteConnection connection)
    {
        // Prepared here, so that a file without the table fails the start and not the thread.
        var select = new Statement(connection, Select);
        var thread = new Thread(() => Run(connection, select)) { IsBackground = true, Name = "sqlite-storage-reader" };
        _threads.Add(thread);
        thread.Start();
    }

    private void Run(SqliteConnection connection, Statement select)
    {
        while (_inbox.Wait(CancellationToken.None))
        {
            while (_inbox.TryTake(out var ask))
                Answer(ask, select);
        }

        select.Dispose();
        connection.Dispose();
    }

    private static void Answer(Ask ask, Statement select)
    {
        try
        {
            ask.Answer.SetResult(select.Bind(1, ask.Key).First(RowAt));
        }
        catch (Exception cause)
        {
            // The edge of the thread: the failure belongs to the caller.
            ask.Answer.SetException(
                new SqliteStorageException($"Could not read {ask.Key}: {cause.Message}", cause));
        }
    }

    private static StoredRow RowAt(sqlite3_stmt row) =>
        new(raw.sqlite3_column_int64(row, 0), raw.sqlite3_column_blob(row, 1).ToArray());

    private sealed record Ask(RowKey Key)
    {
        // Grains must not continue on a reader's thread.
        public TaskCompletionSource<StoredRow?> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
