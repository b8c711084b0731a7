using System.Net;
using System.Runtime.InteropServices;
using Presence.Bench.Limit;
using Presence.Bench.Node;
using Presence.Bench.Scenarios;
using Presence.Testing.Node;

namespace Presence.Bench;

/// <summary>Runs what was asked for; the result is the exit code.</summary>
internal sealed class BenchCommand(TextWriter output, TextWriter progress)
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

        if (!options.Has("start"))
            return await Measure(scenario, options, EndPointOf(options.Text("server") ?? "127.0.0.1:7749"), null);
        var assembly = options.Text("node") ?? throw new BenchException("--start needs --node Presence.Gateway.dll.");
        progress.WriteLine("bench: a node starts");
        await using var node = await StartedNode.Start(
            assembly, options.Number("server-core", least: 0), keepsLimits: scenario == FloodScenario.Name);
        return await Measure(scenario, options, node.Pip, node);
    }

    private async Task<int> Measure(string name, BenchOptions options, EndPoint server, NodeProcess? node)
    {
        var domain = options.Text("domain") ?? "localhost";
        using var run = new BenchRun(server, domain, options, progress, node is null ? options.Numbers("server-pid") : [node.Id]);
        var scenario = Scenario(name, run);
        if (node is not null)
            await Accounts.Import($"http://{node.Http}", node.TokenFile, scenario.Users, domain);
        else if (options.Text("admin") is { } administration)
            await Accounts.Import(administration,
                options.Text("token") ?? throw new BenchException("--admin needs --token."), scenario.Users, domain);

        await scenario.Run();
        var rows = Report.Of(name, scenario, run);
        Report.Write(output, rows);
        if (options.Text("json") is { } path)
            await Report.WriteJson(path, rows);
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
        "im" => new MessageScenario(run),
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
