namespace Presence.Storage.Sqlite;

/// <summary>
/// Keeps a second process off a state file: an exclusive lock on <c>&lt;path&gt;.lock</c> for as long as this one
/// lives. The kernel frees it with the process, kill -9 included; the empty side file stays, as deleting it would race.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <exception cref="SqliteStorageException">Another process, or this one, holds the lock.</exception>
    public static FileLock Take(string path)
    {
        try
        {
            // On Unix FileShare.None is flock(LOCK_EX | LOCK_NB).
            return new FileLock(new FileStream($"{path}.lock", StateFile.PrivateFile(FileShare.None)));
        }
        catch (IOException cause)
        {
            throw new SqliteStorageException(
                $"The state file {path} is in use by another process: {path}.lock could not be locked.", cause);
        }
    }

    public void Dispose() => _file.Dispose();
}
