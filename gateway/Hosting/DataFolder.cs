using Presence.Gateway.Options;

namespace Presence.Gateway.Hosting;

/// <summary>The folder of all that this node keeps. Held by one process at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock)
    {
        FullPath = path;
        _lock = @lock;
    }

    public string FullPath { get; }

    public string Database => File("presence.db");

    public string File(string name) => Path.Combine(FullPath, name);

    /// <summary>Makes the folder, readable by the owner only, if it is missing, and takes it into possession.</summary>
    /// <param name="configured">Relative to the current directory.</param>
    /// <exception cref="StartRefusedException">It cannot be written, or another node has it.</exception>
    public static DataFolder Open(string configured)
    {
        try
        {
            var path = Path.GetFullPath(configured);
            MakeWritable(path);
            return new DataFolder(path, Lock(path, configured));
        }
        catch (Exception cause) when (
            cause is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Refuse(configured, $"the folder cannot be written ({cause.Message})");
        }
    }

    public void Dispose() => _lock.Dispose();

    private static void MakeWritable(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly);
        using var probe = new FileStream(
            Path.Combine(path, $".probe-{Environment.ProcessId}"), FileMode.Create, FileAccess.Write, FileShare.None,
            bufferSize: 1, FileOptions.DeleteOnClose);
    }

    // The kernel frees the lock with the process, kill -9 included. The empty file stays, as deleting it would race.
    private static FileStream Lock(string path, string configured)
    {
        try
        {
            // The folder can be written, so what fails is flock(LOCK_EX | LOCK_NB), which None means on Unix.
            return new FileStream(
                Path.Combine(path, "node.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw Refuse(configured, "another node is running on this folder");
        }
    }

    private static StartRefusedException Refuse(string configured, string why) =>
        StartRefusedException.About($"{NodeOptions.Section}:{nameof(NodeOptions.Data)}", configured, why);
}
