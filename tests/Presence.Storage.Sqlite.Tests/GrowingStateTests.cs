using Orleans.Storage;

namespace Presence.Storage.Sqlite.Tests;

public sealed class GrowingStateTests : IDisposable
{
    private const int Long = 200;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_long_state_gains_is_written_behind_what_is_stored()
    {
        using var storage = await Open();
        var state = new GrainState<Roll>(Roll.Of(Long));
        await Write(storage, state);
        var before = Row(storage);

        await Gain(storage, state, "last");

        var after = Row(storage);
        Assert.Equal(before, after[..before.Length]);
        Assert.InRange(after.Length - before.Length, 1, 40);
        Assert.Equal(state.State!.Names, (await Read(storage)).State!.Names);
    }

    [Fact]
    public async Task It_goes_on_growing_where_it_stood_after_a_restart_and_its_etag_with_it()
    {
        using (var first = await Open())
        {
            var state = new GrainState<Roll>(Roll.Of(Long));
            await Write(first, state);
            await Gain(first, state, "one");
        }

        using var second = await Open();
        var read = await Read(second);
        var before = Row(second);
        await Gain(second, read, "another");

        Assert.Equal(before, Row(second)[..before.Length]);
        Assert.Equal([.. Roll.Of(Long).Names, "one", "another"], (await Read(second)).State!.Names);
        Assert.Equal(read.ETag, (await Read(second)).ETag);
    }

    [Fact]
    public async Task It_is_written_whole_again_before_it_is_twice_as_long()
    {
        using var storage = await Open();
        var state = new GrainState<Roll>(Roll.Of(Long));
        await Write(storage, state);
        var whole = Row(storage).Length;
        List<int> lengths = [];

        for (var i = Long; i < 2 * Long; i++)
        {
            await Gain(storage, state, Roll.Name(i));
            lengths.Add(Row(storage).Length);
        }

        Assert.Contains(lengths.Zip(lengths.Skip(1)), pair => pair.Second < pair.First);
        Assert.InRange(lengths.TakeWhile((length, at) => at == 0 || length > lengths[at - 1]).Last(), whole, 2 * whole);
        Assert.Equal(Roll.Of(2 * Long).Names, (await Read(storage)).State!.Names);
    }

    [Fact]
    public async Task What_has_changed_otherwise_is_written_whole()
    {
        using var storage = await Open();
        var state = new GrainState<Roll>(Roll.Of(Long));
        await Write(storage, state);
        await Gain(storage, state, "last");

        state.State = new Roll { Names = [.. state.State!.Names.Skip(1)], Room = state.State.Room };
        await Write(storage, state);

        Assert.Equal([.. Roll.Of(Long).Names.Skip(1), "last"], (await Read(storage)).State!.Names);
    }

    [Fact]
    public async Task What_an_earlier_version_stored_is_written_whole_first()
    {
        using (var earlier = await OpenStorage.At(_folder.File("state.db"), options => options.Serializer = Packed()))
            await Write(earlier, new GrainState<Roll>(Roll.Of(Long)));

        using var storage = await Open();
        var state = await Read(storage);
        await Gain(storage, state, "one");
        await Gain(storage, state, "another");

        Assert.Equal([.. Roll.Of(Long).Names, "one", "another"], (await Read(storage)).State!.Names);
    }

    [Fact]
    public async Task Short_states_and_states_of_other_types_are_stored_as_ever()
    {
        using var storage = await Open();
        var state = new GrainState<Roll>(Roll.Of(2));
        await Write(storage, state);
        await Gain(storage, state, "last");
        await storage.Write("note", new string('.', 1000));

        Assert.Equal((byte)'{', Row(storage)[0]);
        Assert.Equal(new string('.', 1000), (await storage.Read("note")).State!.Text);
    }

    [Fact]
    public async Task Nothing_is_written_behind_a_row_that_somebody_else_has_changed()
    {
        using var storage = await Open();
        var state = new GrainState<Roll>(Roll.Of(Long));
        await Write(storage, state);
        await Gain(storage, await Read(storage), "somebody");

        await Assert.ThrowsAsync<InconsistentStateException>(() => Gain(storage, state, "stale"));

        Assert.Equal([.. Roll.Of(Long).Names, "somebody"], (await Read(storage)).State!.Names);
    }

    [Fact]
    public async Task A_row_that_ends_too_early_is_refused()
    {
        using var storage = await Open();
        await Write(storage, new GrainState<Roll>(Roll.Of(Long)));
        using (var shell = storage.Shell())
        using (var command = shell.CreateCommand())
        {
            command.CommandText = "UPDATE grain_state SET payload = CAST(payload || x'05000000' || x'7b7d' AS BLOB)";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await Assert.ThrowsAsync<SqliteStorageException>(() => Read(storage));
    }

    private Task<OpenStorage> Open() => OpenStorage.At(_folder.File("state.db"), options =>
    {
        options.Serializer = Packed();
        options.Growth = new RollGrowth();
    });

    private static PackedJsonSerializer Packed() => new(new JsonGrainStorageSerializer());

    private static Task Write(OpenStorage storage, GrainState<Roll> state) =>
        storage.Storage.WriteStateAsync("roll", OpenStorage.Grain("a"), state);

    private static Task Gain(OpenStorage storage, GrainState<Roll> state, string name)
    {
        state.State = state.State!.With(name);
        return Write(storage, state);
    }

    private static async Task<GrainState<Roll>> Read(OpenStorage storage)
    {
        var state = new GrainState<Roll>();
        await storage.Storage.ReadStateAsync("roll", OpenStorage.Grain("a"), state);
        return state;
    }

    private static byte[] Row(OpenStorage storage)
    {
        using var shell = storage.Shell();
        using var command = shell.CreateCommand();
        command.CommandText = "SELECT payload FROM grain_state WHERE state_name = 'roll'";
        return (byte[])command.ExecuteScalar()!;
    }
}
