using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Presence.Storage.Sqlite;

/// <summary>
/// The one writer of the file. Its thread takes every change that has queued, runs them in one transaction and tells
/// all the callers after the commit: while the disk flushes one batch, the next one gathers.
/// </summary>
internal sealed partial class GroupCommit : IDisposable
{
    private const int QueueLength = 4096;

    private readonly Inbox<Change> _inbox = new(QueueLength);
    private readonly RowWriter _rows;
    private readonly SqliteGrainStorageOptions _options;
    private readonly StorageInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Thread _thread;

    public GroupCommit(
        SqliteConnection connection,
        SqliteGrainStorageOptions options,
        StorageInstruments instruments,
        TimeProvider time,
        ILogger logger)
    {
        _rows = new RowWriter(connection);
        _options = options;
        _instruments = instruments;
        _time = time;
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = "sqlite-storage-writer" };
        _thread.Start();
    }

    /// <summary>Cancellation holds until the change is queued; from then on its outcome is awaited.</summary>
    public async Task<long?> Apply(Change change, CancellationToken cancellationToken)
    {
        await _inbox.Post(change, cancellationToken);
        return await change.Told;
    }

    /// <summary>Refuses further changes and blocks until the queued ones are committed.</summary>
    public void Dispose()
    {
        _inbox.Close();
        _thread.Join();
        _rows.Dispose();
    }

    private void Run()
    {
        var batch = new List<Change>(_options.MaxBatch);
        while (_inbox.Wait(CancellationToken.None))
        {
            Gather(batch);
            Commit(batch);
            batch.Clear();
        }
    }

    private void Gather(List<Change> batch)
    {
        TakeQueued(batch);
        if (_options.CommitDelay == TimeSpan.Zero)
            return;
        using var window = new CancellationTokenSource(_options.CommitDelay, _time);
        try
        {
            while (batch.Count < _options.MaxBatch && _inbox.Wait(window.Token))
                TakeQueued(batch);
        }
        catch (OperationCanceledException) when (window.IsCancellationRequested)
        {
            // The window has closed; what has come is the batch.
        }
    }

    private void TakeQueued(List<Change> batch)
    {
        while (batch.Count < _options.MaxBatch && _inbox.TryTake(out var change))
            batch.Add(change);
    }

    private void Commit(List<Change> batch)
    {
        try
        {
            _rows.Begin();
            foreach (var change in batch)
                Apply(change);
            var started = _time.GetTimestamp();
            _rows.Commit();
            _instruments.Committed(batch, _time.GetElapsedTime(started));
        }
        catch (Exception cause)
        {
            // The edge of the thread: whatever went wrong, no caller may be left waiting.
            LogCommitFailed(cause, _options.Path, batch.Count);
            Abandon(batch, cause);
        }

        foreach (var change in batch)
            change.Tell();
    }

    private void Apply(Change change)
    {
        try
        {
            change.Settle(_rows.Apply(change));
        }
        catch (InconsistentStateException conflict)
        {
            change.Settle(conflict);
        }
        catch (SqliteException cause) when (_rows.InTransaction)
        {
            // SQLite has undone this statement alone; the neighbours still stand.
            change.Settle(new SqliteStorageException($"Could not write {change.Key}: {cause.Message}", cause));
        }
    }

    private void Abandon(List<Change> batch, Exception cause)
    {
        foreach (var change in batch)
            change.Settle(new SqliteStorageException($"Could not write {change.Key}: {cause.Message}", cause));
        try
        {
            _rows.Rollback();
        }
        catch (SqliteException again)
        {
            // The next Begin tries once more.
            LogRollbackFailed(again, _options.Path);
        }
    }
}
