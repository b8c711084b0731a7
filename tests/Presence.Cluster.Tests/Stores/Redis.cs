using System.Globalization;

namespace Presence.Cluster.Tests.Stores;

/// <summary>redis-server of Debian, which keeps what it holds over a restart.</summary>
internal sealed class Redis : IStore
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-redis-");
    private readonly int _port = Command.FreePort();
    private readonly StoreProcess _server;

    public Redis() => _server = new StoreProcess(
        "redis-server", "apt-get install redis-server", [_port],
        "--port", _port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _folder.FullName,
        "--appendonly", "yes", "--save", "", "--logfile", Path.Combine(_folder.FullName, "log"));

    public string Kind => "Redis";

    public string Connection => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    public Task Start() => _server.Start();

    public async Task Restart()
    {
        await _server.Stop();
        await _server.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.Stop();
        _folder.Delete(recursive: true);
    }
}
