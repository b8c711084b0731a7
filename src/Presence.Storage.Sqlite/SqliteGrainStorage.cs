using Microsoft.Extensions.Logging;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Presence.Storage.Sqlite;

/// <summary>
/// Grain state in one SQLite file. Serialization runs on the grain's scheduler, as the state belongs to its turn; the
/// file is touched by threads of our own only. Opens before grains and closes after the last one is deactivated.
/// </summary>
internal sealed partial class SqliteGrainStorage(
    string name,
    SqliteGrainStorageOptions options,
    IGrainStorageSerializer serializer,
    IActivatorProvider activators,
    TimeProvider time,
    ILogger<SqliteGrainStorage> logger) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly StorageInstruments _instruments = new(name);
    private readonly StateOctets _octets = new(serializer, options.Growth);
    private StateFile? _file;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(
            OptionFormattingUtilities.Name<SqliteGrainStorage>(name),
            ServiceLifecycleStage.ApplicationServices,
            Open,
            Close);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ReadStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var key = new RowKey(grainId, stateName);
        var row = await OpenFile.Read(key, cancellationToken);
        // A stored null reads as a fresh state, as a grain may not meet null; the record exists all the same.
        var state = row is null ? default : Deserialize<T>(key, row.Payload);
        grainState.State = state ?? Fresh<T>();
        grainState.ETag = Etag.Format(row?.Etag);
        grainState.RecordExists = row is not null;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task WriteStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var (state, seen) = (grainState.State, Etag.Parse(grainState.ETag));
        var gained = seen is null ? null : _octets.Gained(state);
        var (payload, room) = gained ?? _octets.Whole(state);
        var change = new Change(new RowKey(grainId, stateName), seen, payload, isAddition: gained is not null);
        var etag = await OpenFile.Apply(change, cancellationToken);
        _octets.Stored(state, room);
        grainState.ETag = Etag.Format(etag);
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ClearStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var change = new Change(new RowKey(grainId, stateName), Etag.Parse(grainState.ETag), payload: null);
        await OpenFile.Apply(change, cancellationToken);
        grainState.State = Fresh<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    /// <summary>Closes the file where the silo was disposed of without being stopped.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _file, null) is not { } file)
            return;
        file.Dispose();
        LogClosed(name, options.Path);
    }

    internal Task Open(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            _file = StateFile.Open(options, _instruments, time, logger);
            LogOpened(name, options.Path);
        },
        cancellationToken);

    // Whatever the patience of the host: writes that grains await are committed before the silo goes.
    internal Task Close(CancellationToken cancellationToken) => Task.Run(Dispose, CancellationToken.None);

    private StateFile OpenFile =>
        Volatile.Read(ref _file) ?? throw new SqliteStorageException($"The SQLite grain storage '{name}' is not open.");

    private T? Deserialize<T>(RowKey key, byte[] payload)
    {
        try
        {
            return _octets.Read<T>(payload);
        }
        catch (Exception cause)
        {
            throw new SqliteStorageException(
                $"The stored {key} does not read as {typeof(T).Name}: {cause.Message}", cause);
        }
    }

    private T Fresh<T>() => activators.GetActivator<T>().Create();
}
