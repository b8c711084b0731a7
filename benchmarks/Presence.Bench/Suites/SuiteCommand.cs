using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Presence.Bench.Peers;

namespace Presence.Bench.Suites;

/// <summary>
/// Runs the rows of a table on all servers in turn, again and again while there is time, so that what else the machine does
/// falls on all of them. Each run is a process of its own: nothing that one has compiled helps the next.
/// </summary>
internal sealed class SuiteCommand(BenchOptions options, TextWriter output, TextWriter progress)
{
    public const string Node = "node";
    private static readonly Dictionary<string, string> Ways = new(StringComparer.Ordinal)
    {
        ["node, TLS"] = "tls", ["node, WebSocket"] = "ws", ["node, gRPC"] = "grpc",
    };

    // What takes longer runs once.
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private readonly TimeSpan _limit = TimeSpan.FromMinutes(options.Number("minutes") ?? 29);
    private readonly int? _core = options.Number("core", least: 0) ?? (CanPin ? 1 : null);
    private readonly int? _serverCore = options.Number("server-core", least: 0) ?? (CanPin ? 0 : null);
    private readonly long _begun = TimeProvider.System.GetTimestamp();

    private static bool CanPin => OperatingSystem.IsLinux() && Environment.ProcessorCount > 1;

    private TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_begun);

    /// <exception cref="BenchException">A server of the table cannot be had.</exception>
    public async Task<int> Run(IReadOnlyList<SuiteRow> rows)
    {
        string[] peers = options.Has("peers") ? ["ejabberd", "prosody-tuned", Peer.Limit] : [];
        string[] servers = [Node, .. from way in Ways where options.Has(way.Value) select way.Key, .. peers];
        List<string> conditions = [Machine(), $"load average before: {Load()}"];
        conditions.AddRange(peers.Select(Version).OfType<string>());
        var only = options.Text("only") ?? "";
        List<SuiteCell> cells =
        [
            .. from row in rows
               where row.Arguments.StartsWith(only, StringComparison.Ordinal)
               from server in servers
               select new SuiteCell(row, server),
        ];
        if (cells.Count == 0)
            throw new BenchException($"--only {only}: there is no such row.");
        var rounds = options.Number("rounds");
        for (var round = 1; round <= (rounds ?? cells.Max(cell => cell.Row.Rounds)); round++)
        {
            foreach (var cell in cells.Where(cell => round <= (rounds ?? cell.Row.Rounds) && HasTimeFor(cell)))
                await Run(cell, round);
        }

        conditions.Add($"load average after: {Load()}; {Elapsed.TotalMinutes:0.0} minutes");
        await output.WriteAsync(SuiteTable.Markdown(servers, cells, conditions));
        if (options.Text("json") is { } path)
            await File.WriteAllTextAsync(path, SuiteTable.Json(cells, conditions));
        return cells.Exists(cell => cell.HasFailed) ? BenchCommand.Damaged : BenchCommand.Clean;
    }

    // Every cell runs once; after that only what is not long and will be over in time.
    private bool HasTimeFor(SuiteCell cell) =>
        (cell.Runs == 0 && !cell.HasFailed) || (cell.Took < Long && Elapsed + cell.Took < _limit);

    private async Task Run(SuiteCell cell, int round)
    {
        progress.WriteLine($"bench: round {round}, {Elapsed.TotalMinutes:0.0} min: {cell.Row.Arguments} on {cell.Server}");
        var begun = TimeProvider.System.GetTimestamp();
        var figures = Path.GetTempFileName();
        var start = new ProcessStartInfo("dotnet", Arguments(cell, figures))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start) ?? throw new BenchException("dotnet cannot be started.");
        // Whoever ends the suite by a signal wants no run left behind, nor what that started.
        EventHandler end = (_, _) => process.Kill(entireProcessTree: true);
        AppDomain.CurrentDomain.ProcessExit += end;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        AppDomain.CurrentDomain.ProcessExit -= end;
        if (process.ExitCode != BenchCommand.Clean)
            progress.WriteLine($"bench: this run failed ({process.ExitCode}):\n{said}");
        cell.Add(round, process.ExitCode == BenchCommand.Clean ? await Read(figures) : null);
        cell.Took = TimeProvider.System.GetElapsedTime(begun);
        if (cell.Decisive is { } figure)
            progress.WriteLine($"bench: {cell.Row.Figure.Trim()} {figure:0.##}, {cell.Took.TotalSeconds:0} s");
        File.Delete(figures);
    }

    private IEnumerable<string> Arguments(SuiteCell cell, string figures) =>
    [
        typeof(SuiteCommand).Assembly.Location, .. cell.Row.Arguments.Split(' '), "--json", figures,
        "--patience", $"{options.Number("patience") ?? 60}",
        .. Ways.TryGetValue(cell.Server, out var way) ? [$"--{way}"] : Array.Empty<string>(),
        .. IsNode(cell.Server)
            ? ["--start", "--node", options.Text("node") ?? throw new BenchException("--node Presence.Gateway.dll is needed.")]
            : new[] { "--peer", cell.Server },
        .. _core is { } core ? ["--core", $"{core}"] : Array.Empty<string>(),
        .. _serverCore is { } other ? ["--server-core", $"{other}"] : Array.Empty<string>(),
    ];

    /// <summary>True for the node, however it is reached.</summary>
    public static bool IsNode(string server) => server == Node || Ways.ContainsKey(server);

    private static async Task<IReadOnlyDictionary<string, double>> Read(string figures)
    {
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(figures));
        return document.RootElement.EnumerateObject()
            .Where(one => one.Value.ValueKind == JsonValueKind.Number)
            .ToDictionary(one => one.Name, one => one.Value.GetDouble(), StringComparer.Ordinal);
    }

    private string Machine()
    {
        var pinned = _core is { } core && _serverCore is { } other
            ? $"server pinned to core {other}, generator to core {core}"
            : "nothing pinned";
        return $"{TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, "
            + $"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, no TLS unless said; {pinned}; medians";
    }

    private static string Load() =>
        File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";

    private static string? Version(string peer)
    {
        var package = peer.Split('-')[0];
        if (package == Peer.Limit || !File.Exists("/usr/bin/dpkg-query"))
            return null;
        using var process = Process.Start(new ProcessStartInfo("dpkg-query", ["-W", "-f=${Version}", package])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        var version = process?.StandardOutput.ReadToEnd();
        return string.IsNullOrWhiteSpace(version) ? $"{peer}: installed by this run" : $"{peer}: {version} of Debian";
    }
}
