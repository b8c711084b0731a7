using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Presence.Storage.Sqlite;

/// <summary>An open state file: the lock, one writer, a few readers. Opening and closing block.</summary>
internal sealed partial class StateFile : IDisposable
{
    private const int MostReaders = 4;

    private readonly string _path;
    private readonly FileLock _lock;
    private readonly SqliteConnection _connection;
    private readonly GroupCommit _writer;
    private readonly RowReader _reader;
    private readonly ILogger _logger;

    private StateFile(
        string path,
        FileLock fileLock,
        SqliteConnection connection,
        GroupCommit writer,
        RowReader reader,
        ILogger logger)
    {
        _path = path;
        _lock = fileLock;
        _connection = connection;
        _writer = writer;
        _reader = reader;
        _logger = logger;
    }

    /// <exception cref="SqliteStorageException">In use, damaged, of a newer version, or out of reach.</exception>
    public static StateFile Open(
        SqliteGrainStorageOptions options, StorageInstruments instruments, TimeProvider time, ILogger logger)
    {
        var path = Path.GetFullPath(options.Path);
        try
        {
            path = TargetOf(path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return OpenLocked(path, options, instruments, time, logger);
        }
        catch (SqliteException cause) when (IsDamage(cause))
        {
            throw new SqliteStorageException(
                $"The state file {path} is damaged or not a SQLite database: {cause.Message}", cause);
        }
        catch (Exception cause) when (cause is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new SqliteStorageException($"The state file {path} cannot be opened: {cause.Message}", cause);
        }
    }

    public Task<StoredRow?> Read(RowKey key, CancellationToken cancellationToken) =>
        _reader.Read(key, cancellationToken);

    public Task<long?> Apply(Change change, CancellationToken cancellationToken) =>
        _writer.Apply(change, cancellationToken);

    /// <summary>Commits what is queued, answers what is asked, folds the log into the file, frees the lock.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _reader.Dispose();
        try
        {
            Connection.Run(_connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException cause)
        {
            // Nothing is lost: the log is beside the file, and the next start reads it.
            LogCheckpointFailed(cause, _path);
        }

        _connection.Dispose();
        _lock.Dispose();
    }

    /// <summary>How to open or create a file that only its owner may read: state holds people's accounts.</summary>
    internal static FileStreamOptions PrivateFile(FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static StateFile OpenLocked(
        string path,
        SqliteGrainStorageOptions options,
        StorageInstruments instruments,
        TimeProvider time,
        ILogger logger)
    {
        var fileLock = FileLock.Take(path);
        SqliteConnection? connection = null;
        GroupCommit? writer = null;
        try
        {
            // An empty file is an empty database; SQLite gives its log the same permissions.
            new FileStream(path, PrivateFile(FileShare.ReadWrite)).Dispose();
            connection = Connection.Open(path, SqliteOpenMode.ReadWrite);
            Schema.Prepare(connection);
            Connection.Journal(connection, options.Synchronous);
            writer = new GroupCommit(connection, options, instruments, time, logger);
            var readers = Math.Clamp(Environment.ProcessorCount, 2, MostReaders);
            var reader = new RowReader(readers, () => Connection.Open(path, SqliteOpenMode.ReadOnly));
            return new StateFile(path, fileLock, connection, writer, reader, logger);
        }
        catch
        {
            writer?.Dispose();
            connection?.Dispose();
            fileLock.Dispose();
            throw;
        }
    }

    // Two names of one file must meet at one lock.
    private static string TargetOf(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    private static bool IsDamage(SqliteException cause) =>
        cause.SqliteErrorCode is raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT;
}
