using System.Globalization;

namespace Presence.Cluster.Tests.Stores;

/// <summary>PostgreSQL of Debian, in a folder of its own. It refuses to run as root, who lends it another user.</summary>
internal sealed class PostgreSql : IStore
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-pg-");
    private readonly int _port = Command.FreePort();
    private readonly string _programs = Programs();
    private readonly bool _isRoot = Environment.UserName == "root";

    public string Kind => "PostgreSql";

    public string Connection => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=presence;Database=postgres;Maximum Pool Size=20");

    private string Data => Path.Combine(_folder.FullName, "data");

    public async Task Start()
    {
        if (_isRoot)
            await Command.Run("chown", "postgres", _folder.FullName);
        await AsUser("initdb", "-D", Data, "-A", "trust", "-U", "presence", "--no-sync");
        await Up();
    }

    public async Task Restart()
    {
        await Down();
        await Up();
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            await Down();
        _folder.Delete(recursive: true);
    }

    private Task Up() => AsUser(
        "pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder.FullName, "log"), "-o",
        $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder.FullName} -c fsync=off", "start");

    private Task Down() => AsUser("pg_ctl", "-D", Data, "-w", "-m", "fast", "stop");

    private Task AsUser(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        return _isRoot
            ? Command.Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments])
            : Command.Run(path, arguments);
    }

    private static string Programs() =>
        Directory.Exists("/usr/lib/postgresql")
        && Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).LastOrDefault() is { } newest
            ? Path.Combine(newest, "bin")
            : throw new InvalidOperationException("PostgreSQL is not on this machine: apt-get install postgresql.");
}
