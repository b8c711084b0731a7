using Orleans.Storage;

namespace Presence.Storage.Sqlite.Tests;

public sealed class SqliteGrainStorageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_written_state_reads_back_with_its_etag()
    {
        using var storage = await Open();
        var written = new GrainState<Note>(new Note { Text = "Привет \u0001 \"😀\"", Number = -7 });
        await storage.Write("a", written);

        var read = await storage.Read("a");

        Assert.Equal(written.State, read.State);
        Assert.Equal("1", read.ETag);
        Assert.Equal(written.ETag, read.ETag);
        Assert.True(written.RecordExists);
        Assert.True(read.RecordExists);
    }

    [Fact]
    public async Task A_missing_row_reads_as_a_fresh_state_whatever_the_grain_held()
    {
        using var storage = await Open();
        var state = new GrainState<Note>(new Note { Text = "stale" }, "5") { RecordExists = true };

        await storage.Storage.ReadStateAsync("s", OpenStorage.Grain("none"), state);

        Assert.Equal(new Note(), state.State);
        Assert.Null(state.ETag);
        Assert.False(state.RecordExists);
    }

    [Fact]
    public async Task A_stored_null_reads_as_a_fresh_state_of_a_record_that_exists()
    {
        using var storage = await Open();
        await storage.Write("a", new GrainState<Note>(null!));

        var read = await storage.Read("a");

        Assert.Equal(new Note(), read.State);
        Assert.True(read.RecordExists);
    }

    [Fact]
    public async Task Each_write_counts_the_etag_up_even_if_nothing_changed()
    {
        using var storage = await Open();
        var state = await storage.Write("a", "same");
        var etags = new List<int> { Number(state) };
        for (var i = 0; i < 3; i++)
        {
            await storage.Write("a", state);
            etags.Add(Number(state));
        }

        Assert.Equal(etags.Order().Distinct(), etags);
    }

    [Fact]
    public async Task A_write_with_a_stale_etag_is_refused_with_both_etags()
    {
        using var storage = await Open();
        var state = await storage.Write("a", "first");
        await storage.Write("a", "second", state.ETag);

        var conflict = await Assert.ThrowsAsync<InconsistentStateException>(
            () => storage.Write("a", "third", state.ETag));

        Assert.Equal("2", conflict.StoredEtag);
        Assert.Equal("1", conflict.CurrentEtag);
        Assert.Equal("second", (await storage.Read("a")).State!.Text);
    }

    [Fact]
    public async Task An_insert_over_an_existing_row_is_refused()
    {
        using var storage = await Open();
        await storage.Write("a", "first");

        var conflict = await Assert.ThrowsAsync<InconsistentStateException>(() => storage.Write("a", "second"));

        Assert.Equal("1", conflict.StoredEtag);
        Assert.Null(conflict.CurrentEtag);
        Assert.Equal("first", (await storage.Read("a")).State!.Text);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("one")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public async Task An_update_of_a_row_that_is_gone_is_refused(string etag)
    {
        using var storage = await Open();

        var conflict = await Assert.ThrowsAsync<InconsistentStateException>(() => storage.Write("a", "text", etag));

        Assert.Null(conflict.StoredEtag);
        Assert.False((await storage.Read("a")).RecordExists);
    }

    [Fact]
    public async Task An_etag_is_compared_as_text()
    {
        using var storage = await Open();
        await storage.Write("a", "first");

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.Write("a", "second", "01"));
    }

    [Fact]
    public async Task A_cleared_state_is_gone_and_can_be_written_anew()
    {
        using var storage = await Open();
        var state = await storage.Write("a", "first");

        await storage.Clear("a", state);

        Assert.Equal(new Note(), state.State);
        Assert.Null(state.ETag);
        Assert.False(state.RecordExists);
        Assert.False((await storage.Read("a")).RecordExists);
        state.State!.Text = "second";
        await storage.Write("a", state);
        Assert.Equal("second", (await storage.Read("a")).State!.Text);
    }

    [Fact]
    public async Task A_row_that_was_cleared_and_written_anew_does_not_match_an_etag_from_before()
    {
        using var storage = await Open();
        var stale = (await storage.Write("a", "first")).ETag;
        await storage.Clear("a", await storage.Read("a"));
        await storage.Write("a", "anew");

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.Write("a", "stale", stale));

        Assert.Equal("anew", (await storage.Read("a")).State!.Text);
    }

    [Fact]
    public async Task A_clear_with_a_stale_etag_is_refused()
    {
        using var storage = await Open();
        var stale = await storage.Write("a", "first");
        var latest = await storage.Write("a", "second", stale.ETag);

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.Clear("a", stale));
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.Clear("a", new GrainState<Note>()));

        Assert.Equal(latest.ETag, (await storage.Read("a")).ETag);
    }

    [Fact]
    public async Task A_clear_of_nothing_succeeds_and_gives_a_fresh_state()
    {
        using var storage = await Open();
        var state = new GrainState<Note>(new Note { Text = "unsaved" }) { RecordExists = true };

        await storage.Clear("a", state);
        await storage.Clear("a", state);

        Assert.Equal(new Note(), state.State);
        Assert.False(state.RecordExists);
    }

    [Fact]
    public async Task Rows_are_apart_by_grain_type_key_and_state_name()
    {
        using var storage = await Open();
        (GrainId Grain, string Name)[] rows =
        [
            (GrainId.Create("t", "k"), "s"), (GrainId.Create("t", "k"), "S"), (GrainId.Create("u", "k"), "s"),
            (GrainId.Create("t", "K"), "s"), (GrainId.Create("t", "k\0a"), "s"), (GrainId.Create("t", "k\0b"), "s"),
            (GrainId.Create("t", "k"), ""), (GrainId.Create("t", "ключ"), "s"),
            (GrainId.Create(GrainType.Create("t"), new IdSpan([0xff])), "s"),
            (GrainId.Create(GrainType.Create("t"), new IdSpan([0xfe])), "s"),
        ];
        foreach (var (row, i) in rows.Select((row, i) => (row, i)))
            await storage.Storage.WriteStateAsync(row.Name, row.Grain, new GrainState<Note>(new Note { Number = i }));

        foreach (var (row, i) in rows.Select((row, i) => (row, i)))
        {
            var read = new GrainState<Note>();
            await storage.Storage.ReadStateAsync(row.Name, row.Grain, read);
            Assert.Equal(i, read.State!.Number);
        }
    }

    [Fact]
    public async Task A_state_that_no_longer_reads_as_its_type_is_refused_by_name()
    {
        using var storage = await Open();
        await storage.Storage.WriteStateAsync("s", OpenStorage.Grain("a"), new GrainState<string>("not a note"));

        var failure = await Assert.ThrowsAsync<SqliteStorageException>(() => storage.Read("a"));

        Assert.StartsWith(
            "The stored state 's' of note/a does not read as Note", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_storage_refuses_reads_and_writes()
    {
        using var storage = await Open();
        await storage.Close();

        await Assert.ThrowsAsync<SqliteStorageException>(() => storage.Write("a", "late"));
        await Assert.ThrowsAsync<SqliteStorageException>(() => storage.Read("a"));
    }

    private static int Number(GrainState<Note> state) =>
        int.Parse(state.ETag!, System.Globalization.CultureInfo.InvariantCulture);

    private Task<OpenStorage> Open() => OpenStorage.At(_folder.File("state.db"));
}
