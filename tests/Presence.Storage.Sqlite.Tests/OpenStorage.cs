using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Presence.Storage.Sqlite.Tests;

/// <summary>An open storage outside of a silo, with short words for what grains do.</summary>
internal sealed class OpenStorage : IDisposable
{
    private static readonly IActivatorProvider Activators =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<IActivatorProvider>();

    private readonly SqliteGrainStorage _storage;
    private readonly string _path;

    private OpenStorage(SqliteGrainStorage storage, string path)
    {
        _storage = storage;
        _path = path;
    }

    public static async Task<OpenStorage> At(
        string path,
        Action<SqliteGrainStorageOptions>? configure = null,
        TimeProvider? time = null,
        string provider = "test")
    {
        var options = new SqliteGrainStorageOptions { Path = path };
        configure?.Invoke(options);
        var serializer = options.Serializer ?? new JsonGrainStorageSerializer();
        var logger = NullLogger<SqliteGrainStorage>.Instance;
        var storage = new SqliteGrainStorage(
            provider, options, serializer, Activators, time ?? TimeProvider.System, logger);
        await storage.Open(CancellationToken.None);
        return new OpenStorage(storage, path);
    }

    public static GrainId Grain(string key) => GrainId.Create("note", key);

    public IGrainStorage Storage => _storage;

    public async Task<GrainState<Note>> Read(string key)
    {
        var state = new GrainState<Note>();
        await _storage.ReadStateAsync("s", Grain(key), state);
        return state;
    }

    public async Task<GrainState<Note>> Write(string key, string text, string? etag = null)
    {
        var state = new GrainState<Note>(new Note { Text = text }, etag!);
        await Write(key, state);
        return state;
    }

    public Task Write(string key, GrainState<Note> state) => _storage.WriteStateAsync("s", Grain(key), state);

    public Task Clear(string key, GrainState<Note> state) => _storage.ClearStateAsync("s", Grain(key), state);

    public Task Close() => _storage.Close(CancellationToken.None);

    public void Dispose() => _storage.Dispose();

    /// <summary>What an operator's shell could do to the file while it is open.</summary>
    public SqliteConnection Shell() => ShellAt(_path);

    public static SqliteConnection ShellAt(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }
}
