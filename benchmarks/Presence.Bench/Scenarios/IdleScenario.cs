using Presence.Bench.Links;
using Presence.Bench.Node;

namespace Presence.Bench.Scenarios;

/// <summary>Bound connections that do nothing: what each costs the server in resident memory. In the end each must answer.</summary>
internal sealed class IdleScenario(BenchRun run) : IScenario
{
    private const int WarmUp = 100;
    private readonly int _connections = run.Option("connections", 5000);
    private double _kibPerUser;

    public int Users => WarmUp + _connections;

    public string Unit => "answers";

    public string Sizes => $"{_connections} connections";

    public IEnumerable<(string Name, double Value)> Extras =>
        run.ServerProcesses.Count == 0 ? [] : [("KiB RSS per user", _kibPerUser)];

    public async Task Run()
    {
        if (!await run.NextHeat())
            return;

        // What the first logins load and compile is not theirs.
        await run.Open(_connections, WarmUp);
        var before = ServerUse.Of(run.ServerProcesses);
        var links = await run.Open(0, _connections);
        run.Say($"{_connections} bound; idle for {run.Option("seconds", 5)} s");
        await Task.Delay(TimeSpan.FromSeconds(run.Option("seconds", 5)), TimeProvider.System);
        if (before is { } was && ServerUse.Of(run.ServerProcesses) is { } now)
            _kibPerUser = (now.ResidentKiB - was.ResidentKiB) / (double)_connections;
        run.Tally.Expect(_connections);
        run.Begin();
        foreach (var chunk in links.Chunk(256))
            await Task.WhenAll(chunk.Select(Answer));
        await run.Finish();
        await run.Flush();
    }

    private async Task Answer(ILink link)
    {
        var begun = TimeProvider.System.GetTimestamp();
        try
        {
            await link.Ping();
            run.Tally.Deliver();
            run.Latency.AddSince(begun);
        }
        catch (Exception exception) when (exception is TimeoutException or BenchException)
        {
            run.Tally.Refused(exception.Message);
        }
    }
}
