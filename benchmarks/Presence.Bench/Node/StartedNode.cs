using System.Diagnostics;
using System.Net;

namespace Presence.Bench.Node;

/// <summary>
/// A node of this checkout, started for one run: own data folder, free ports, limits for single users as far as they go.
/// </summary>
internal sealed class StartedNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Limits =
    [
        "--Presence:Listeners:Pip=127.0.0.1:0", "--Presence:Listeners:Pips=off", "--Presence:Listeners:Http=127.0.0.1:0",
        "--Presence:Listeners:Grpc=off",
        "--Presence:Listeners:Udp=off",
        "--Presence:Grains:PublishInterval=00:00:00", "--Presence:Accounts:Iterations=4096",
        "--Presence:Sessions:InFlight=4096", "--Presence:Sessions:Events=65536",
        "--Presence:Sessions:MaxQueuedOctets=67108864", "--Presence:Sessions:Idle=01:00:00",
        "--Presence:Sessions:AuthTime=00:10:00", "--Presence:Sessions:RequestsPerSecond=1000000",
        "--Presence:Sessions:RequestBurst=1000000",
    ];

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private StartedNode(Process process, DirectoryInfo folder, IReadOnlyList<string> banner)
    {
        _process = process;
        _folder = folder;
        Pip = EndPoint(banner, "pip ");
        Http = EndPoint(banner, "http ");
    }

    public IPEndPoint Pip { get; }

    public IPEndPoint Http { get; }

    public int Id => _process.Id;

    public string TokenFile => Path.Combine(_folder.FullName, "data", "admin.token");

    /// <param name="assembly">Path of Presence.Gateway.dll.</param>
    /// <param name="core">Core to pin it to; null for any.</param>
    /// <exception cref="BenchException">It does not start.</exception>
    public static async Task<StartedNode> Start(string assembly, int? core)
    {
        var folder = Directory.CreateTempSubdirectory("presence-bench-");
        List<string> command = core is { } pinned ? ["taskset", "-c", $"{pinned}", "dotnet"] : ["dotnet"];
        command.AddRange([Path.GetFullPath(assembly), $"--Presence:Data={Path.Combine(folder.FullName, "data")}", .. Limits]);
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = folder.FullName,
        };
        var process = Process.Start(start) ?? throw new BenchException("The node could not be started.");
        // Whoever ends the generator by a signal wants no node left behind.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill(process);
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        List<string> banner = [];
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            banner.Add(line);
            if (line.StartsWith("ready", StringComparison.Ordinal))
                return new StartedNode(process, folder, banner);
        }

        folder.Delete(recursive: true);
        throw new BenchException("The node did not start; what it said stands above.");
    }

    public async ValueTask DisposeAsync()
    {
        Kill(_process);
        await _process.WaitForExitAsync();
        _folder.Delete(recursive: true);
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
            process.Kill();
    }

    private static IPEndPoint EndPoint(IReadOnlyList<string> banner, string listener) =>
        IPEndPoint.Parse(banner.First(line => line.StartsWith(listener, StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
}
