using System.Text.Json;
using Orleans.Storage;
using Presence.Grains.Subscriptions;

namespace Presence.Grains.Tests.Storage;

/// <summary>A storage that tells what is written, can fail, and is as strict about ETags as the real ones.</summary>
internal sealed class CountingStorage : IGrainStorage
{
    private readonly Dictionary<string, (string Json, string ETag)> _states = new(StringComparer.Ordinal);
    private int _etags;

    public int Count => _states.Count;

    /// <summary>Each write, with how many entries it held.</summary>
    public List<(string State, int Entries)> Written { get; } = [];

    /// <summary>Writes that succeed before one fails; null for all.</summary>
    public int? FailsAfter { get; set; }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_states.TryGetValue(stateName, out var stored))
            (grainState.State, grainState.ETag, grainState.RecordExists) =
                (JsonSerializer.Deserialize<T>(stored.Json)!, stored.ETag, true);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (FailsAfter-- == 0)
        {
            FailsAfter = null;
            throw new IOException("The disk is full.");
        }

        Check(stateName, grainState.ETag);
        Written.Add((stateName, grainState.State switch
        {
            SubscriptionRecord record => record.Entries.Count,
            SubscriptionPage page => page.Entries.Count,
            _ => 0,
        }));
        grainState.ETag = $"{++_etags}";
        grainState.RecordExists = true;
        _states[stateName] = (JsonSerializer.Serialize(grainState.State), grainState.ETag);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Check(stateName, grainState.ETag);
        _states.Remove(stateName);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null!;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private void Check(string stateName, string? etag)
    {
        var stored = _states.TryGetValue(stateName, out var state) ? state.ETag : null;
        if (stored != etag)
            throw new InconsistentStateException($"{stateName}: {stored} and not {etag}.");
    }
}
