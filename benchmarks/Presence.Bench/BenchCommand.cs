using System.Net;
using System.Runtime.InteropServices;
using Presence.Bench.Limit;
using Presence.Bench.Links;
using Presence.Bench.Node;
using Presence.Bench.Peers;
using Presence.Bench.Scenarios;
using Presence.Bench.Suites;

namespace Presence.Bench;

/// <summary>Runs what was asked for; the result is the exit code.</summary>
internal sealed class BenchCommand(TextWriter output, TextWriter progress, TextReader? input = null)
{
    public const int Clean = 0;
    public const int Damaged = 1;
    public const int Unusable = 2;

    /// <exception cref="BenchException">It cannot be run.</exception>
    public async Task<int> Run(string scenario, BenchOptions options)
    {
        switch (scenario)
        {
            case "limit-server":
                return await Limit(options);
            case "users":
                await output.WriteAsync(Accounts.ImportLines(
                    options.Number("connections") ?? 5100, options.Text("domain") ?? "localhost"));
                return Clean;
        }

        return scenario switch
        {
            GhostsCommand.Name => await new GhostsCommand(options, output, progress).Run(),
            Suite.All => await new SuiteCommand(options, output, progress).Run(Suite.Scenarios),
            Suite.Growth => await new SuiteCommand(options, output, progress).Run(Suite.Growths),
            _ => await Measure(scenario, options),
        };
    }

    private async Task<int> Measure(string name, BenchOptions options)
    {
        var core = options.Number("server-core", least: 0);
        if (options.Text("peer") is { } peer)
        {
            if (options.Way != Way.Clear)
                throw new BenchException("--tls, --ws and --grpc are for servers that speak PIP; peers run in clear text.");
            // What must be there before it starts depends on the scenario alone.
            using var sizes = new BenchRun(new IPEndPoint(IPAddress.Loopback, 0), false, [], options, progress);
            progress.WriteLine($"bench: {peer} starts");
            await using var started = await Peer.Start(peer, Scenario(name, sizes), core, progress.WriteLine);
            using var there = new BenchRun(started.Server, peer != Peer.Limit, [started.Id], options, progress);
            return await Measure(name, options, there);
        }

        if (!options.Has("start"))
        {
            var server = EndPointOf(options.Text("server") ?? "127.0.0.1:7749");
            using var theirs = new BenchRun(server, false, options.Numbers("server-pid"), options, progress);
            if (options.Text("admin") is { } administration)
            {
                var token = options.Text("token") ?? throw new BenchException("--admin needs --token.");
                await Accounts.Import(administration, token, Scenario(name, theirs).Users, theirs.Domain);
            }

            return await Measure(name, options, theirs);
        }

        var assembly = options.Text("node") ?? throw new BenchException("--start needs --node Presence.Gateway.dll.");
        progress.WriteLine("bench: a node starts");
        await using var node = await StartedNode.Start(
            assembly, core, keepsLimits: name is FloodScenario.Name or MixedScenario.Name, options.Way);
        using var own = new BenchRun(StartedNode.Door(node, options.Way), false, [node.Id], options, progress);
        await Accounts.Import($"http://{node.Http}", node.TokenFile, Scenario(name, own).Users, own.Domain);
        return await Measure(name, options, own);
    }

    private async Task<int> Measure(string name, BenchOptions options, BenchRun run)
    {
        var scenario = Scenario(name, run);
        if (options.Has("heats"))
            run.Heats = new Heats(input, output) { Report = () => Report.Json(Report.Of(name, scenario, run)) };
        await scenario.Run();
        await run.Heats.Tell();
        var rows = Report.Of(name, scenario, run);
        if (!run.Heats.AreMany)
            Report.Write(output, rows);
        if (options.Text("json") is { } path)
            await File.WriteAllTextAsync(path, Report.Json(rows) + "\n");
        if (run.Tally.FirstRefusal is { } refusal)
            progress.WriteLine($"bench: the first thing wrong: {refusal}");
        return run.Tally.IsClean ? Clean : Damaged;
    }

    private static IScenario Scenario(string name, BenchRun run) => name switch
    {
        "login" => new LoginScenario(run),
        "idle" => new IdleScenario(run),
        "fanout" => new FanOutScenario(run),
        "paced" => new PacedScenario(run),
        "im" when run.Flag("rate") => new SteadyMessageScenario(run),
        "im" => new MessageScenario(run),
        "group" => new GroupScenario(run),
        "storm" => new StormScenario(run),
        MixedScenario.Name => new MixedScenario(run),
        "subscribe" => new SubscribeScenario(run),
        FloodScenario.Name => new FloodScenario(run),
        _ => throw new BenchException($"There is no scenario '{name}'; see presence bench --help."),
    };

    private async Task<int> Limit(BenchOptions options)
    {
        if (!Enum.TryParse<Copies>(options.Text("of") ?? nameof(Copies.Events), ignoreCase: true, out var copies))
            throw new BenchException("--of takes events, logins or pings.");
        var damage = new Damage(options.Number("drop") ?? 0, options.Number("double") ?? 0, copies);
        using var server = new LimitServer(damage);
        output.WriteLine($"ready {server.Start(options.Number("port", least: 0) ?? 0)} pid {Environment.ProcessId}");
        await output.FlushAsync();
        var end = new TaskCompletionSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        await end.Task;
        return Clean;

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            end.TrySetResult();
        }
    }

    private static IPEndPoint EndPointOf(string text) => IPEndPoint.TryParse(text, out var end) && end.Port > 0
        ? end
        : throw new BenchException($"--server {text}: an IP address and port are needed.");
}
