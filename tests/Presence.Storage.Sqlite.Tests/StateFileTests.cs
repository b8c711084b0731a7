using Microsoft.Data.Sqlite;

namespace Presence.Storage.Sqlite.Tests;

public sealed class StateFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_reopened_file_holds_everything_and_the_etags_go_on()
    {
        using (var storage = await OpenStorage.At(Path))
        {
            await storage.Write("a", "first");
            await storage.Write("b", "second");
            await storage.Write("b", "third", "2");
        }

        using var reopened = await OpenStorage.At(Path);
        var read = await reopened.Read("b");
        Assert.Equal("third", read.State!.Text);
        await reopened.Write("b", read);
        Assert.Equal("4", read.ETag);
        Assert.Equal("first", (await reopened.Read("a")).State!.Text);
    }

    [Fact]
    public async Task Closing_commits_what_is_queued_and_folds_the_log_into_the_file()
    {
        var storage = await OpenStorage.At(Path);
        var writes = Enumerable.Range(0, 100).Select(i => storage.Write($"{i}", "text")).ToList();
        await storage.Close();

        await Task.WhenAll(writes);
        Assert.False(File.Exists($"{Path}-wal"));
        using var shell = OpenStorage.ShellAt(Path);
        Assert.Equal(100L, Ask(shell, "SELECT count(*) FROM grain_state"));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task The_folder_is_made_and_the_file_is_for_its_owner_only()
    {
        var path = _folder.File("new/folder/state.db");
        using var storage = await OpenStorage.At(path);
        await storage.Write("a", "text");

        foreach (var suffix in new[] { "", "-wal", ".lock" })
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path + suffix));
    }

    [Fact]
    public async Task A_second_opener_is_refused_in_one_line()
    {
        using var storage = await OpenStorage.At(Path);

        var failure = await Assert.ThrowsAsync<SqliteStorageException>(() => OpenStorage.At(Path));

        Assert.Equal(
            $"The state file {Path} is in use by another process: {Path}.lock could not be locked.", failure.Message);
    }

    [Fact]
    public async Task A_second_opener_by_another_name_of_the_file_is_refused()
    {
        using var storage = await OpenStorage.At(Path);
        File.CreateSymbolicLink(_folder.File("other.db"), Path);

        await Assert.ThrowsAsync<SqliteStorageException>(() => OpenStorage.At(_folder.File("other.db")));
    }

    [Fact]
    public async Task A_refused_start_leaves_no_lock_behind()
    {
        await File.WriteAllTextAsync(Path, "not a database");
        await Assert.ThrowsAsync<SqliteStorageException>(() => OpenStorage.At(Path));
        File.Delete(Path);

        using var storage = await OpenStorage.At(Path);
    }

    [Fact]
    public async Task A_newer_schema_is_refused_and_left_as_it_is()
    {
        using (var shell = OpenStorage.ShellAt(Path))
            Ask(shell, "CREATE TABLE grain_state (shape); PRAGMA user_version = 2");
        var before = await File.ReadAllBytesAsync(Path);

        var failure = await Assert.ThrowsAsync<SqliteStorageException>(() => OpenStorage.At(Path));

        Assert.Contains("schema version 2, newer than this program's 1", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path));
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused()
    {
        using (var shell = OpenStorage.ShellAt(Path))
            Ask(shell, "CREATE TABLE songs (title)");

        var failure = await Assert.ThrowsAsync<SqliteStorageException>(() => OpenStorage.At(Path));

        Assert.Contains("not a state file of this program", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_in_one_line()
    {
        await File.WriteAllBytesAsync(Path, Enumerable.Repeat((byte)0xA5, 8192).ToArray());

        var failure = await Assert.ThrowsAsync<SqliteStorageException>(() => OpenStorage.At(Path));

        Assert.StartsWith(
            $"The state file {Path} is damaged or not a SQLite database", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task A_damaged_page_fails_the_read_with_a_clear_error()
    {
        using (var storage = await OpenStorage.At(Path))
            await storage.Write("a", "text");
        using (var file = new FileStream(Path, FileMode.Open, FileAccess.Write))
        {
            file.Position = 4096;
            file.Write(Enumerable.Repeat((byte)0xA5, 4096).ToArray());
        }

        using var damaged = await OpenStorage.At(Path);
        var failure = await Assert.ThrowsAsync<SqliteStorageException>(() => damaged.Read("a"));

        Assert.StartsWith("Could not read state 's' of note/a: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("malformed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_is_a_folder_is_refused()
    {
        Directory.CreateDirectory(Path);

        var failure = await Assert.ThrowsAsync<SqliteStorageException>(() => OpenStorage.At(Path));

        Assert.StartsWith($"The state file {Path} cannot be opened", failure.Message, StringComparison.Ordinal);
    }

    private string Path => _folder.File("state.db");

    private static object? Ask(SqliteConnection shell, string sql)
    {
        using var command = shell.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
