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

    private readonly DirectoryInfo _folder;
    private readonly IReadOnlyList<string> _command;
    private Process _process;
    private IReadOnlyList<string> _banner;

    private NodeProcess(Process process, IReadOnlyList<string> command, DirectoryInfo folder, IReadOnlyList<string> banner)
    {
        _process = process;
        _command = command;
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

    /// <summary>Octets that it keeps on disk, without the log of the database, which never grows beyond some MiB.</summary>
    public long DiskOctets => _folder.EnumerateFiles("*", SearchOption.AllDirectories)
        .Where(file => !file.Name.EndsWith("-wal", StringComparison.Ordinal)).Sum(file => file.Length);

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
        try
        {
            var (process, banner) = await Run(command, folder);
            return new NodeProcess(process, command, folder, banner);
        }
        catch (IOException)
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Ends it and starts it again with what it keeps on disk; ports may be others.</summary>
    /// <exception cref="IOException">It does not start.</exception>
    public async Task StartAgain()
    {
        Kill(_process);
        await _process.WaitForExitAsync();
        (_process, _banner) = await Run(_command, _folder);
    }

    public async ValueTask DisposeAsync()
    {
        Kill(_process);
        await _process.WaitForExitAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<(Process Process, IReadOnlyList<string> Banner)> Run(
        IReadOnlyList<string> command, DirectoryInfo folder)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = folder.FullName,
        };

        // How whoever starts it waits for its own sockets (Presence.Bench does it in a way of its own) is not how users start a node.
        foreach (var own in start.Environment.Keys.Where(IsAboutSockets).ToList())
            start.Environment.Remove(own);
        var process = Process.Start(start) ?? throw new IOException("The node could not be started.");

        // Whoever ends the run by a signal wants no node left behind.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill(process);
        List<string> banner = [];
        if (await IsReady(process, banner))
            return (process, banner);
        Kill(process);
        await process.WaitForExitAsync();
        throw new IOException("The node did not start; what it said stands above.");
    }

    private static string DataIn(DirectoryInfo folder) => Path.Combine(folder.FullName, "data");

    private static string TokenIn(DirectoryInfo folder) => Path.Combine(DataIn(folder), "admin.token");

    private static bool IsAboutSockets(string variable) => variable.StartsWith("DOTNET_SYSTEM_NET_SOCKETS_", StringComparison.Ordinal);

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
