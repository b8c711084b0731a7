using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Orleans.Storage;

namespace Presence.Storage.Sqlite.Tests;

public sealed class GroupCommitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_hundred_writes_that_queue_behind_a_commit_share_the_next_one()
    {
        using var counts = new CommitCounts(nameof(Two_hundred_writes_that_queue_behind_a_commit_share_the_next_one));
        var keys = Enumerable.Range(0, 200).Select(i => $"grain-{i}").ToList();
        using (var storage = await OpenStorage.At(
            Path, provider: nameof(Two_hundred_writes_that_queue_behind_a_commit_share_the_next_one)))
        {
            // While a shell holds the write lock, the first batch cannot commit, and the others must queue.
            using var shell = storage.Shell();
            using var shellWrite = shell.BeginTransaction();
            var writes = keys.Select(key => storage.Write(key, key)).ToList();
            shellWrite.Rollback();
            await Task.WhenAll(writes);
        }

        Assert.Equal(200, counts.Writes);
        Assert.InRange(counts.Commits, 1, 2);
        Assert.Equal(counts.Commits, counts.Durations);
        Assert.Equal(200, counts.Batches.Sum());
        using var reopened = await OpenStorage.At(Path);
        foreach (var key in keys)
            Assert.Equal(key, (await reopened.Read(key)).State!.Text);
    }

    [Fact]
    public async Task A_commit_carries_no_more_than_the_batch_limit()
    {
        using var counts = new CommitCounts(nameof(A_commit_carries_no_more_than_the_batch_limit));
        using (var storage = await OpenStorage.At(
            Path, options => options.MaxBatch = 3, provider: nameof(A_commit_carries_no_more_than_the_batch_limit)))
            await Task.WhenAll(Enumerable.Range(0, 20).Select(i => storage.Write($"{i}", "text")));

        Assert.Equal(20, counts.Batches.Sum());
        Assert.All(counts.Batches, size => Assert.InRange(size, 1, 3));
    }

    [Fact]
    public async Task A_lone_write_is_committed_when_the_commit_delay_is_over()
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
        var armed = new ArmedTime(time);
        using var storage = await OpenStorage.At(
            Path, options => options.CommitDelay = TimeSpan.FromMilliseconds(50), armed);

        var write = storage.Write("a", "text");
        await armed.TimerStarted;
        Assert.False(write.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(50));

        await write;
    }

    [Fact]
    public async Task A_write_that_fails_fails_alone()
    {
        using var storage = await OpenStorage.At(Path, TogetherInFours, new FakeTimeProvider());
        using (var shell = storage.Shell())
            Run(shell, "CREATE TRIGGER t BEFORE INSERT ON grain_state WHEN new.grain_id = 'bad' "
                + "BEGIN SELECT RAISE(ABORT, 'refused by the trigger'); END");

        var before = storage.Write("before", "text");
        var conflict = storage.Write("conflict", "text", "7");
        var bad = storage.Write("bad", "text");
        var after = storage.Write("after", "text");

        await Assert.ThrowsAsync<InconsistentStateException>(() => conflict);
        var failure = await Assert.ThrowsAsync<SqliteStorageException>(() => bad);
        Assert.Contains("refused by the trigger", failure.Message, StringComparison.Ordinal);
        await Task.WhenAll(before, after);
        Assert.True((await storage.Read("before")).RecordExists);
        Assert.True((await storage.Read("after")).RecordExists);
        Assert.False((await storage.Read("bad")).RecordExists);
    }

    [Fact]
    public async Task A_commit_that_fails_fails_all_its_writes_with_the_cause_and_the_next_one_works()
    {
        using var storage = await OpenStorage.At(Path, TogetherInFours, new FakeTimeProvider());
        using var shell = storage.Shell();
        // A deferred constraint is judged by COMMIT itself.
        Run(shell, "CREATE TABLE target (id INTEGER PRIMARY KEY); CREATE TABLE fence "
            + "(id INTEGER REFERENCES target (id) DEFERRABLE INITIALLY DEFERRED); "
            + "CREATE TRIGGER t AFTER INSERT ON grain_state BEGIN INSERT INTO fence VALUES (1); END");

        var writes = Enumerable.Range(0, 3).Select(i => storage.Write($"{i}", "text")).ToList();
        var conflict = storage.Write("conflict", "text", "7");

        foreach (var write in writes.Append(conflict))
        {
            var failure = await Assert.ThrowsAsync<SqliteStorageException>(() => write);
            var cause = Assert.IsType<SqliteException>(failure.InnerException);
            Assert.Contains("FOREIGN KEY", cause.Message, StringComparison.Ordinal);
        }

        Run(shell, "DROP TRIGGER t");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => storage.Write($"{i}", "text")));
        Assert.True((await storage.Read("0")).RecordExists);
    }

    [Fact]
    public async Task A_read_sees_every_write_that_was_answered_before()
    {
        using var storage = await OpenStorage.At(Path);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async grain =>
        {
            var state = new GrainState<Note>(new Note());
            for (var i = 0; i < 50; i++)
            {
                state.State!.Number = i;
                await storage.Write($"{grain}", state);
                Assert.Equal(i, (await storage.Read($"{grain}")).State!.Number);
            }
        }));
    }

    [Fact]
    public async Task A_cancelled_caller_queues_no_write()
    {
        using var storage = await OpenStorage.At(Path);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storage.Storage.WriteStateAsync(
            "s", OpenStorage.Grain("a"), new GrainState<Note>(new Note()), new CancellationToken(canceled: true)));

        Assert.False((await storage.Read("a")).RecordExists);
    }

    private string Path => _folder.File("state.db");

    // The clock stands still: the delay never ends, and only a full batch commits.
    private static void TogetherInFours(SqliteGrainStorageOptions options)
    {
        options.CommitDelay = TimeSpan.FromMilliseconds(1);
        options.MaxBatch = 4;
    }

    private static void Run(SqliteConnection shell, string sql)
    {
        using var command = shell.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
