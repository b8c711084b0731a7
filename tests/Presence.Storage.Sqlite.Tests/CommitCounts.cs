using System.Diagnostics.Metrics;

namespace Presence.Storage.Sqlite.Tests;

/// <summary>Listens to the meter, for one provider's name.</summary>
internal sealed class CommitCounts : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _writes;
    private long _commits;
    private long _durations;

    public CommitCounts(string provider)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Presence.Storage.Sqlite")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var isWrites = instrument.Name == "presence.storage.sqlite.writes";
            if (IsOf(provider, tags))
                Interlocked.Add(ref isWrites ? ref _writes : ref _commits, value);
        });
        _listener.SetMeasurementEventCallback<double>((_, value, tags, _) =>
        {
            if (IsOf(provider, tags) && value >= 0)
                Interlocked.Increment(ref _durations);
        });
        _listener.SetMeasurementEventCallback<int>((_, value, tags, _) =>
        {
            if (IsOf(provider, tags))
                Batches.Enqueue(value);
        });
        _listener.Start();
    }

    public long Writes => Interlocked.Read(ref _writes);

    public long Commits => Interlocked.Read(ref _commits);

    public long Durations => Interlocked.Read(ref _durations);

    public System.Collections.Concurrent.ConcurrentQueue<int> Batches { get; } = new();

    public void Dispose() => _listener.Dispose();

    private static bool IsOf(string provider, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        tags.Length == 1 && provider.Equals(tags[0].Value);
}
