using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Presence.Bench.Peers;

namespace Presence.Bench.Suites;

/// <summary>
/// Runs the rows of a table, each on all servers (<see cref="SuiteRound"/>) and some of them at the same time (<see cref="SuiteGroup"/>),
/// but for what is measured, which they do in turn; who wants more rounds has them while there is time.
/// </summary>
internal sealed class SuiteCommand(BenchOptions options, TextWriter output, TextWriter progress)
{
    public const string Node = "node";

    // A server that does nothing still takes some of its core (a node one percent), so they are not all there at once.
    private const int MostTogether = 6;

    // What a server of a row and its generator take: some 130 MiB, and as much again for those whose turn it is.
    private const long OctetsOfServer = 256L << 20;

    private static readonly Dictionary<string, string> Ways = new(StringComparer.Ordinal)
    {
        ["node, TLS"] = "tls", ["node, WebSocket"] = "ws", ["node, gRPC"] = "grpc",
    };

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
        string[] nodes = [Node, .. from way in Ways where options.Has(way.Value) select way.Key];
        string[] servers = [.. nodes, .. peers];
        List<string> conditions = [Machine(), $"load average before: {Load()}"];
        conditions.AddRange(peers.Select(Version).OfType<string>());
        var only = options.Text("only") ?? "";
        List<SuiteCell> cells =
        [
            .. from row in rows
               where row.Arguments.StartsWith(only, StringComparison.Ordinal)
               from server in InTurn(nodes, peers)
               select new SuiteCell(row, server),
        ];
        if (cells.Count == 0)
            throw new BenchException($"--only {only}: there is no such row.");
        var took = new Dictionary<SuiteGroup, TimeSpan>();
        var groups = SuiteGroup.Of([.. cells.Select(cell => cell.Row).Distinct()], Together(servers.Length));

        // Rounds lie apart, so that ten slow minutes of the machine do not fall on all of them.
        foreach (var (group, round) in groups.Spread(group => options.Number("rounds") ?? group.Rounds))
        {
            // Every row runs once; after that only what will be over in time.
            if (took.TryGetValue(group, out var before) && Elapsed + before >= _limit)
                continue;
            var begun = Elapsed;
            await Run(group, cells, round + 1);
            took[group] = Elapsed - begun;
        }

        conditions.Add($"load average after: {Load()}; {Elapsed.TotalMinutes:0.0} minutes");
        await output.WriteAsync(SuiteTable.Markdown(servers, cells, conditions));
        if (options.Text("json") is { } path)
            await File.WriteAllTextAsync(path, SuiteTable.Json(cells, conditions));
        return cells.Exists(cell => cell.HasFailed) ? BenchCommand.Damaged : BenchCommand.Clean;
    }

    /// <summary>In which order servers have their turns: the node between the peers, since it is compared with each, and the machine changes soon.</summary>
    public static IReadOnlyList<string> InTurn(IEnumerable<string> nodes, IReadOnlyList<string> peers) => [.. peers.Take(1), .. nodes, .. peers.Skip(1)];

    /// <summary>How many rows may have their servers at the same time: as --together says, or as there is memory for.</summary>
    private int Together(int servers) => options.Number("together", least: 1)
        ?? (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (servers * OctetsOfServer), 1, MostTogether);

    private async Task Run(SuiteGroup group, IReadOnlyList<SuiteCell> cells, int number)
    {
        var rounds = new Dictionary<SuiteRow, SuiteRound>();
        try
        {
            foreach (var row in group.Rows)
            {
                var round = rounds[row] = new SuiteRound(row, number, progress);
                foreach (var cell in cells.Where(cell => cell.Row == row))
                {
                    progress.WriteLine($"bench: round {number}, {Elapsed.TotalMinutes:0.0} min: {row.Arguments} on {cell.Server}");
                    await round.Start(cell, Arguments(cell));
                }
            }

            foreach (var (row, heat) in group.Heats)
                await rounds[row].Heat(heat);
            foreach (var round in rounds.Values)
                await round.End();
        }
        finally
        {
            foreach (var round in rounds.Values)
                await round.DisposeAsync();
        }
    }

    private IEnumerable<string> Arguments(SuiteCell cell) =>
    [
        .. cell.Row.Arguments.Split(' '), "--patience", $"{options.Number("patience") ?? 60}",
        .. Ways.TryGetValue(cell.Server, out var way) ? [$"--{way}"] : Array.Empty<string>(),
        .. IsNode(cell.Server)
            ? ["--start", "--node", options.Text("node") ?? throw new BenchException("--node Presence.Gateway.dll is needed.")]
            : new[] { "--peer", cell.Server },
        .. _core is { } core ? ["--core", $"{core}"] : Array.Empty<string>(),
        .. _serverCore is { } other ? ["--server-core", $"{other}"] : Array.Empty<string>(),
    ];

    /// <summary>True for the node, however it is reached.</summary>
    public static bool IsNode(string server) => server == Node || Ways.ContainsKey(server);

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
