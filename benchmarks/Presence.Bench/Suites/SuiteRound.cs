using System.Globalization;

namespace Presence.Bench.Suites;

/// <summary>
/// One row on all servers, started for it one after the other. Then each has a heat in turn, again and again: what else the machine does
/// for some seconds falls on all of them.
/// </summary>
/// <param name="number">Of the round, from 1.</param>
internal sealed class SuiteRound(SuiteRow row, int number, TextWriter progress) : IAsyncDisposable
{
    // Heats of one round; numbers of rounds stand before them.
    private const int MostHeats = 1000;
    private readonly List<SuiteRun> _runs = [];

    public async Task Start(SuiteCell cell, IEnumerable<string> arguments)
    {
        var run = new SuiteRun(cell, arguments);
        _runs.Add(run);
        if (!await run.IsReady())
            await Fail(run);
    }

    public async Task Run()
    {
        for (var heat = 0; heat < row.Heats; heat++)
        {
            // Those who were last are first: what grows meanwhile is not always against the same.
            foreach (var run in heat % 2 == 0 ? [.. _runs] : Enumerable.Reverse(_runs).ToList())
                await Heat(run, heat);
            progress.WriteLine($"bench: heat {heat + 1} of {row.Heats}: {string.Join(", ", _runs.Select(Told))}");
        }

        foreach (var run in _runs.ToList())
        {
            if (await run.End() != BenchCommand.Clean)
                await Fail(run);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs)
            await run.DisposeAsync();
    }

    private static string Told(SuiteRun run) =>
        run.Cell.Each is [.., { } last] ? $"{run.Cell.Server} {last.ToString("0.##", CultureInfo.InvariantCulture)}" : run.Cell.Server;

    private async Task Heat(SuiteRun run, int heat)
    {
        if (await run.Heat() is not { } figures)
            await Fail(run);
        else if (heat >= row.WarmUp)
            run.Cell.Add((number * MostHeats) + heat, figures);
    }

    private async Task Fail(SuiteRun run)
    {
        var code = await run.End();
        progress.WriteLine($"bench: {row.Arguments} on {run.Cell.Server} failed ({code})");
        run.Cell.HasFailed = true;
        _runs.Remove(run);
        await run.DisposeAsync();
    }
}
