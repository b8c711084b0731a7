using System.Diagnostics;
using System.Net;

namespace Presence.Soak.Node;

/// <summary>A node of this checkout, started for one run, with the limits it has in the field and a data folder of its own.</summary>
internal sealed class StartedNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private StartedNode(Process process, DirectoryInfo folder, IReadOnlyList<string> banner)
    {
        _process = process;
        _folder = folder;
        Pip = EndPoint(banner, "pip ");
        Administration = new Uri($"http://{EndPoint(banner, "http ")}");
    }

    public IPEndPoint Pip { get; }

    public Uri Administration { get; }

    public string TokenFile => Path.Combine(_folder.FullName, "data", "admin.token");

    /// <summary>Resident memory, in MiB; null where there is no /proc.</summary>
    public long? ResidentMiB => File.Exists($"/proc/{_process.Id}/status")
        ? long.Parse(File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024
        : null;

    /// <param name="assembly">Path of Presence.Gateway.dll.</param>
    /// <exception cref="SoakException">It does not start.</exception>
    public static async Task<StartedNode> Start(string assembly)
    {
        var folder = Directory.CreateTempSubdirectory("presence-soak-");
        string[] arguments =
        [
            Path.GetFullPath(assembly), $"--Presence:Data={Path.Combine(folder.FullName, "data")}",
            "--Presence:Listeners:Pip=127.0.0.1:0", "--Presence:Listeners:Pips=off", "--Presence:Listeners:Udp=off",
            "--Presence:Listeners:Http=127.0.0.1:0", "--Presence:Listeners:Grpc=off",
            "--Presence:Accounts:Iterations=4096",
        ];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = folder.FullName,
        };
        var process = Process.Start(start) ?? throw new SoakException("The node could not be started.");
        // Whoever ends the run by a signal wants no node left behind.
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
        throw new SoakException("The node did not start; what it said stands above.");
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
