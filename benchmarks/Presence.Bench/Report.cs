using System.Globalization;
using System.Text.Json;
using Presence.Bench.Scenarios;

namespace Presence.Bench;

/// <summary>What a run found, for people and for programs.</summary>
internal static class Report
{
    public static IReadOnlyList<(string Name, object Value)> Of(string name, IScenario scenario, BenchRun run)
    {
        var tally = run.Tally;
        var seconds = run.Duration.TotalSeconds;
        // Where one transaction is told to both sides, it is still one.
        var done = scenario.Unit is "subscriptions" || run.Flag("receipts") ? run.Delivered / 2 : run.Delivered;
        List<(string, object)> rows =
        [
            ("scenario", name), ("sizes", scenario.Sizes), ("expected", tally.Expected), ("delivered", tally.Delivered),
            ("lost", tally.Lost), ("doubled", tally.Doubled), ("wrong", tally.Wrong), ("before the clock", run.DeliveredBefore), ("seconds", Rounded(seconds)),
            ($"{scenario.Unit} per second", Rounded(done / Math.Max(seconds, 1e-9))),
            ("p50 ms", Rounded(run.Latency.Percentile(0.50).TotalMilliseconds)),
            ("p99 ms", Rounded(run.Latency.Percentile(0.99).TotalMilliseconds)),
            ("max ms", Rounded(run.Latency.Most.TotalMilliseconds)),
        ];
        if (run is { UseBefore: { } before, UseAfter: { } after })
        {
            var cpu = (after.Cpu - before.Cpu).TotalSeconds;
            rows.Add(("server CPU s", Rounded(cpu)));
            rows.Add(("server CPU us each", Rounded(cpu * 1e6 / Math.Max(1, done))));
            rows.Add(("server RSS MiB", Rounded(after.ResidentKiB / 1024.0)));
        }

        // Near 100 the generator is the limit: then the rate says nothing of the server, and its CPU time each does.
        rows.Add(("generator core %", Rounded(100 * run.GeneratorCpu.TotalSeconds / Math.Max(seconds, 1e-9))));
        rows.AddRange(scenario.Extras.Select(extra => (extra.Name, (object)Rounded(extra.Value))));
        return rows;
    }

    public static void Write(TextWriter output, IReadOnlyList<(string Name, object Value)> rows)
    {
        foreach (var (name, value) in rows)
            output.WriteLine($"{name,-34} {Convert.ToString(value, CultureInfo.InvariantCulture)}");
    }

    /// <summary>One line.</summary>
    public static string Json(IReadOnlyList<(string Name, object Value)> rows) =>
        JsonSerializer.Serialize(rows.ToDictionary(row => row.Name, row => row.Value));

    // Four digits at least, however small: a storm of few users is over in 4 ms, and a ratio is taken of it.
    public static double Rounded(double value) =>
        value == 0 ? 0 : Math.Round(value, Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 2, 9));
}
