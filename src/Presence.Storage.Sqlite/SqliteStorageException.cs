namespace Presence.Storage.Sqlite;

/// <summary>
/// The state file could not be opened, read or written. The message is one line that names the file or the grain; the
/// cause is the inner exception. A stale ETag is told by <see cref="Orleans.Storage.InconsistentStateException"/>.
/// </summary>
[GenerateSerializer]
public sealed class SqliteStorageException : OrleansException
{
    public SqliteStorageException()
    {
    }

    public SqliteStorageException(string message)
        : base(message)
    {
    }

    public SqliteStorageException(string message, Exception? cause)
        : base(message, cause!)
    {
    }
}
