using System.Text;

namespace Presence.Transports.Certificates;

/// <summary>Writes files that hold secrets: readable by the owner only, and whole or not at all.</summary>
public static class PrivateFile
{
    /// <summary>Replaces the file. It has mode 600 from its first octet on, so nobody can open it in between.</summary>
    /// <exception cref="IOException">The folder is missing, full or read-only.</exception>
    public static void Write(string path, string text)
    {
        var fresh = path + ".new";
        // Left by a crash: its mode may be another.
        File.Delete(fresh);
        using (var file = new FileStream(fresh, OwnerOnly()))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
