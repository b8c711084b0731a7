using System.Globalization;

namespace Presence.Bench.Suites;

/// <summary>
/// One row on all servers, started for it one after the other. In a heat each is measured in turn: what else the machine does for some
/// seconds falls on all of them.
/// </summary>
/// <param name="number">Of the round, from 1.</param>
internal sealed class SuiteRound(SuiteRow row, int number, TextWriter progress) : IAsyncDisposable
{
    // Heats of one round; numbers of rounds stand before them.
    private const int MostHeats = 1000;
    private readonly List<SuiteRun> _runs = [];

    /// <summary>
    /// Who needs longer than this for a heat has no other, and it counts, though it is the first: so long a heat is mostly a warm one, and the
    /// time is for those who can be looked at more often.
    /// </summary>
    public TimeSpan Long { get; init; } = TimeSpan.FromSeconds(30);

    public async Task Start(SuiteCell cell, IEnumerable<string> arguments)
    {
        var run = new SuiteRun(cell, arguments);
        _runs.Add(run);
        if (!await run.IsReady())
            await Fail(run);
    }

    /// <summary>One heat of each server.</summary>
    /// <param name="heat">From 0.</param>
    public async Task Heat(int heat)
    {
        // Those who were last are first: what grows meanwhile is not always against the same.
        var told = new List<string>();
        foreach (var run in (heat % 2 == 0 ? _runs : Enumerable.Reverse(_runs)).Where(run => !run.IsThrough).ToList())
            told.Add($"{run.Cell.Server} {await Heat(run, heat)}");
        progress.WriteLine($"bench: {row.Arguments}, heat {heat + 1} of {row.Heats}: {string.Join(", ", told)}");
    }

    /// <summary>Lets all servers end, and looks whether all was right.</summary>
    public async Task End()
    {
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

    /// <summary>Gives what is to be told of it.</summary>
    private async Task<string> Heat(SuiteRun run, int heat)
    {
        var begun = TimeProvider.System.GetTimestamp();
        if (await run.Heat() is not { } figures)
        {
            // Who is so quick that nothing is left to do ends, and what was found before counts.
            run.IsThrough = run.Cell.Runs > 0 && await run.End() == BenchCommand.Clean;
            if (run.IsThrough)
                return "is through";
            await Fail(run);
            return "failed";
        }

        run.IsThrough = TimeProvider.System.GetElapsedTime(begun) > Long;
        if (heat < row.WarmUp && !run.IsThrough)
            return "is warm";
        // Beside the first heat of others that counts: else there would be no ratio.
        run.Cell.Add((number * MostHeats) + Math.Max(heat, row.WarmUp), figures);
        return run.Cell.Each is [.., { } last] ? last.ToString("0.##", CultureInfo.InvariantCulture) : "-";
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
