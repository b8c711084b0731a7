using System.Diagnostics.Metrics;

namespace Presence.Storage.Sqlite;

/// <summary>What is counted, tagged with the provider's name.</summary>
internal sealed class StorageInstruments(string provider)
{
    public const string MeterName = "Presence.Storage.Sqlite";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Writes = Meter.CreateCounter<long>(
        "presence.storage.sqlite.writes", "{write}", "Writes and clears that were committed.");

    private static readonly Counter<long> Commits = Meter.CreateCounter<long>(
        "presence.storage.sqlite.commits", "{commit}", "Commits that carried at least one write.");

    private static readonly Histogram<double> CommitDuration = Meter.CreateHistogram<double>(
        "presence.storage.sqlite.commit.duration", "ms", "Duration of COMMIT: the flush, at times a checkpoint.");

    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>(
        "presence.storage.sqlite.batch.size", "{write}", "Writes of one commit, refused ones included.");

    private readonly KeyValuePair<string, object?> _tag = new("provider", provider);

    public void Committed(List<Change> batch, TimeSpan duration)
    {
        var written = batch.Count(static change => change.Succeeded);
        if (written == 0)
            return;
        Writes.Add(written, _tag);
        Commits.Add(1, _tag);
        CommitDuration.Record(duration.TotalMilliseconds, _tag);
        BatchSize.Record(batch.Count, _tag);
    }
}
