namespace Presence.Storage.Sqlite;

/// <summary>What an answered write survives. Source: SQLite, <c>PRAGMA synchronous</c> in WAL mode.</summary>
public enum SynchronousMode
{
    /// <summary>Each commit is flushed to the disk: an answered write survives a power cut.</summary>
    Full,

    /// <summary>Commits are handed to the kernel only: an answered write survives kill -9, not a power cut.</summary>
    Normal,
}
