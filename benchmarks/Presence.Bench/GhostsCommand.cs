using Presence.Bench.Load;
using Presence.Bench.Node;
using Presence.Bench.Pip;
using Presence.Bench.Scenarios;
using Presence.Testing.Node;

namespace Presence.Bench;

/// <summary>
/// What users cost who are not there: they make their accounts, watch each other for longer than a session and leave; the node is
/// started again, and one who comes asks for each of them once. A server of others cannot be started again, so this is for
/// a node of this checkout only.
/// </summary>
internal sealed class GhostsCommand(BenchOptions options, TextWriter output, TextWriter progress)
{
    public const string Name = "ghosts";

    /// <exception cref="BenchException">It cannot be run.</exception>
    public async Task<int> Run()
    {
        var core = options.Number("server-core", least: 0);
        var assembly = options.Text("node") ?? throw new BenchException("ghosts needs --start, and --node Presence.Gateway.dll.");
        await using var node = await StartedNode.Start(assembly, core, keepsLimits: false, options.Way);
        await node.StartAgain();
        var (diskBefore, emptyKiB) = (node.DiskOctets, Resident(node));

        using var making = new BenchRun(StartedNode.Door(node, options.Way), false, [node.Id], options, progress);
        var ghosts = new GhostMaking(making);
        await Accounts.Import($"http://{node.Http}", node.TokenFile, ghosts.Users + 1, making.Domain);
        await ghosts.Run();
        making.Forget();
        await node.StartAgain();
        var (diskAfter, asleepKiB) = (node.DiskOctets, Resident(node));
        progress.WriteLine("bench: the node is there again; each is asked for once");

        using var asking = new BenchRun(StartedNode.Door(node, options.Way), false, [node.Id], options, progress);
        await Ask(asking, ghosts.Users, node);
        IReadOnlyList<(string, object)> rows =
        [
            ("scenario", Name), ("sizes", ghosts.Sizes), ("seconds", Math.Round(asking.Duration.TotalSeconds, 2)),
            ("octets on disk per user", (diskAfter - diskBefore) / ghosts.Users),
            ("KiB RSS per user asleep", Math.Round((asleepKiB - emptyKiB) / (double)ghosts.Users, 2)),
            ("KiB RSS per user asked for", Math.Round((Resident(node) - asleepKiB) / (double)ghosts.Users, 2)),
            ("server RSS MiB", Math.Round(Resident(node) / 1024.0, 1)),
            ("queries per second", Math.Round(ghosts.Users / asking.Duration.TotalSeconds, 1)),
            ("p50 ms", Millis(asking.Latency.Percentile(0.50))), ("p99 ms", Millis(asking.Latency.Percentile(0.99))),
            ("max ms", Millis(asking.Latency.Most)),
        ];
        Report.Write(output, rows);
        if (options.Text("json") is { } path)
            await File.WriteAllTextAsync(path, Report.Json(rows) + "\n");
        return making.Tally.IsClean && asking.Tally.IsClean ? BenchCommand.Clean : BenchCommand.Damaged;
    }

    private static long Resident(NodeProcess node) => ServerUse.Of([node.Id])!.Value.ResidentKiB;

    private static double Millis(TimeSpan time) => Math.Round(time.TotalMilliseconds, 2);

    /// <summary>One after the other, so that each waits for its own grain only. The first ones teach the node the way.</summary>
    private async Task Ask(BenchRun run, int ghosts, NodeProcess node)
    {
        using var link = new PipLink(new Tally(run.Tally.Patience), run.Domain, options.Way);
        await link.Connect(StartedNode.Door(node, options.Way));
        await Login.Run(link, Accounts.Name(ghosts), run.Domain);
        run.Begin();
        for (var ghost = 0; ghost < ghosts; ghost++)
        {
            var asked = TimeProvider.System.GetTimestamp();
            var answer = await link.Ask("GET", $"{Accounts.Name(ghost)}@{run.Domain}/status");
            if (ghost >= ghosts / 10)
                run.Latency.AddSince(asked);
            if (!answer.Contains(" val=offline", StringComparison.Ordinal))
                run.Tally.Refused(answer);
        }

        run.End();
        await link.Quit();
    }
}
