using System.Diagnostics;
using System.Net;

namespace Presence.Testing.Node;

/// <summary>
/// A node of this checkout as a user runs it, started for one run: a process of its own with its own data folder, which goes
/// with it. Presence.Bench compiles this file too.
/// </summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly IReadOnlyList<string> _banner;

    private NodeProcess(Process process, DirectoryInfo folder, IReadOnlyList<string> banner)
    {
        _process = process;
        _folder = folder;
        _banner = banner;
    }

    public IPEndPoint Pip => EndPoint("pip");

    public IPEndPoint Pips => EndPoint("pips");

    public IPEndPoint Http => EndPoint("http");

    public IPEndPoint Grpc => EndPoint("grpc");

    public Uri Administration => new($"http://{Http}");

    public int Id => _process.Id;

    public string TokenFile => TokenIn(_folder);

    /// <summary>Resident memory, in MiB; null where there is no /proc.</summary>
    public long? ResidentMiB => File.Exists($"/proc/{Id}/status")
        ? long.Parse(Words(File.ReadLines($"/proc/{Id}/status").First(IsResident))[1]) / 1024
        : null;

    /// <param name="assembly">Path of Presence.Gateway.dll.</param>
    /// <param name="settings">Keys and values, as <c>Presence:Listeners:Pip=127.0.0.1:0</c>.</param>
    /// <param name="core">Core to pin it to; null for any.</param>
    /// <exception cref="IOException">It does not start.</exception>
    public static async Task<NodeProcess> Start(string assembly, IEnumerable<string> settings, int? core = null)
    {
        var folder = Directory.CreateTempSubdirectory("presence-node-");
        List<string> command = core is { } pinned ? ["taskset", "-c", $"{pinned}", "dotnet"] : ["dotnet"];
        command.AddRange([Path.GetFullPath(assembly), $"--Presence:Data={DataIn(folder)}"]);
        command.AddRange(settings.Select(setting => $"--{setting}"));
        var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = folder.FullName,
        }) ?? throw new IOException("The node could not be started.");

        // Whoever ends the run by a signal wants no node left behind.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill(process);
        List<string> banner = [];
        if (await IsReady(process, banner))
            return new NodeProcess(process, folder, banner);
        Kill(process);
        await process.WaitForExitAsync();
        folder.Delete(recursive: true);
        throw new IOException("The node did not start; what it said stands above.");
    }

    public async ValueTask DisposeAsync()
    {
        Kill(_process);
        await _process.WaitForExitAsync();
        _folder.Delete(recursive: true);
    }

    private static string DataIn(DirectoryInfo folder) => Path.Combine(folder.FullName, "data");

    private static string TokenIn(DirectoryInfo folder) => Path.Combine(DataIn(folder), "admin.token");

    private static bool IsResident(string line) => line.StartsWith("VmRSS:", StringComparison.Ordinal);

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static void Kill(Process process)
    {
        if (!process.HasExited)
            process.Kill();
    }

    /// <summary>Reads until it says so; false if it ends before, or takes too long.</summary>
    private static async Task<bool> IsReady(Process process, List<string> banner)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                banner.Add(line);
                if (line.StartsWith("ready", StringComparison.Ordinal))
                    return true;
            }
        }
        catch (OperationCanceledException)
        {
            banner.Add($"not ready after {Patience.TotalSeconds} s");
        }

        return false;
    }

    private IPEndPoint EndPoint(string listener) =>
        IPEndPoint.Parse(Words(_banner.First(line => line.StartsWith($"{listener} ", StringComparison.Ordinal)))[1]);
}
