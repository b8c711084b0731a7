using Orleans.Storage;

namespace Presence.Grains.Tests.Storage;

/// <summary>The persistent state of a grain, without a grain.</summary>
internal sealed class StoredRecord<T>(IGrainStorage storage, string name) : IPersistentState<T>
    where T : new()
{
    private readonly GrainState<T> _state = new(new T());

    public T State
    {
        get => _state.State!;
        set => _state.State = value;
    }

    public string Etag => _state.ETag!;

    public bool RecordExists => _state.RecordExists;

    public Task ReadStateAsync() => storage.ReadStateAsync(name, default, _state);

    public Task WriteStateAsync() => storage.WriteStateAsync(name, default, _state);

    public Task ClearStateAsync() => storage.ClearStateAsync(name, default, _state);
}
