using Orleans.Storage;

namespace Presence.Storage.Sqlite;

/// <summary>
/// How one SQLite grain storage works. Values out of range stop the silo's start with an
/// <see cref="Orleans.Runtime.OrleansConfigurationException"/>.
/// </summary>
public sealed class SqliteGrainStorageOptions
{
    /// <summary>
    /// The file that holds the state; required. A missing file and its folder are created, readable by the owner only.
    /// <c>-wal</c>, <c>-shm</c> and <c>.lock</c> files live beside it.
    /// </summary>
    public string Path { get; set; } = "";

    /// <summary>
    /// Turns state into octets and back. Default: the <see cref="IGrainStorageSerializer"/> registered under the
    /// provider's name, or else a <see cref="PackedJsonSerializer"/>.
    /// </summary>
    public IGrainStorageSerializer? Serializer { get; set; }

    /// <summary>Knows states that mostly gain entries; null (the default) if every write is of the whole state.</summary>
    public IStateGrowth? Growth { get; set; }

    /// <summary>
    /// How long the first write of a batch waits for company, 0–100 milliseconds, default 0. Writes that queue during
    /// a commit share the next one without any delay; a delay trades latency for fewer flushes.
    /// </summary>
    public TimeSpan CommitDelay { get; set; } = TimeSpan.Zero;

    /// <summary>The most writes that one commit carries, 1–4 096, default 512.</summary>
    public int MaxBatch { get; set; } = 512;

    /// <summary>What an answered write survives, default <see cref="SynchronousMode.Full"/>.</summary>
    public SynchronousMode Synchronous { get; set; } = SynchronousMode.Full;
}
