using System.Net;
using Presence.Cluster.Tests.Processes;
using Presence.Cluster.Tests.Stores;

namespace Presence.Cluster.Tests;

/// <summary>A store, two silos and two gateways: five processes of this machine.</summary>
internal sealed class ClusterUnderTest : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-cluster-");
    private readonly Dictionary<string, string> _environment;
    private readonly List<ServerProcess> _all = [];

    private ClusterUnderTest(IStore store, BuiltVersion version)
    {
        Version = version;
        Store = store;
        _environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Presence__Cluster__Store"] = store.Kind,
            ["Presence__Cluster__Connection"] = store.Connection,
        };
    }

    public IStore Store { get; }

    /// <summary>What processes are started from now on.</summary>
    public BuiltVersion Version { get; set; }

    public ServerProcess[] Silos { get; private set; } = [];

    public ServerProcess[] Gateways { get; private set; } = [];

    public IReadOnlyList<IPEndPoint> Doors => [.. Gateways.Select(gateway => gateway.EndPoint("pip"))];

    public Uri Administration => new($"http://{Gateways[0].EndPoint("http")}");

    public string TokenFile => Path.Combine(_folder.FullName, "gateway0-0", "admin.token");

    /// <summary>What all processes wrote to stderr.</summary>
    public string Logs => string.Concat(_all.Select(process => $"=== {process.Name}\n{process.Errors}"));

    public static async Task<ClusterUnderTest> Start(IStore store, BuiltVersion version)
    {
        var cluster = new ClusterUnderTest(store, version);
        await store.Start();
        await cluster.InitDatabase();
        cluster.Silos = await Task.WhenAll(cluster.StartSilo(0), cluster.StartSilo(1));
        cluster.Gateways = await Task.WhenAll(cluster.StartGateway(0, 0), cluster.StartGateway(1, 0));
        return cluster;
    }

    /// <summary>Makes or renews the tables, by the version of now.</summary>
    public Task InitDatabase() => Command.Run(
        "env", [.. _environment.Select(pair => $"{pair.Key}={pair.Value}"), "dotnet", Version.Silo, "db", "init"]);

    /// <summary>A silo in the place of one that is gone.</summary>
    public async Task ReplaceSilo(int at) => Silos[at] = await StartSilo(at);

    /// <summary>A gateway in the place of one that is gone, at the same port.</summary>
    public async Task ReplaceGateway(int at) => Gateways[at] = await StartGateway(at, Doors[at].Port);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _all)
            await process.DisposeAsync();
        await Store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<ServerProcess> StartSilo(int at) => Known(await ServerProcess.Start(
        $"silo{at}", Version.Silo, _environment, "--Presence:Listeners:Http=127.0.0.1:0",
        $"--Presence:Data={Path.Combine(_folder.FullName, $"silo{at}")}"));

    private async Task<ServerProcess> StartGateway(int at, int port) => Known(await ServerProcess.Start(
        $"gateway{at}", Version.Gateway, _environment, "--Presence:Silo:Mode=Client",
        $"--Presence:Data={Path.Combine(_folder.FullName, $"gateway{at}-{_all.Count(p => p.Name == $"gateway{at}")}")}",
        $"--Presence:Listeners:Pip=127.0.0.1:{port}", "--Presence:Listeners:Http=127.0.0.1:0",
        "--Presence:Listeners:Pips=off", "--Presence:Listeners:Udp=off", "--Presence:Listeners:Grpc=off",
        "--Presence:Accounts:Iterations=4096"));

    private ServerProcess Known(ServerProcess process)
    {
        lock (_all)
            _all.Add(process);
        return process;
    }
}
