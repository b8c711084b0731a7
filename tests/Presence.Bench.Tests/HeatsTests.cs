using System.Text.Json;
using Presence.Bench.Limit;
using Presence.Bench.Scenarios;
using Presence.Bench.Suites;

namespace Presence.Bench.Tests;

/// <summary>What is measured comes in pieces, between which other servers have theirs.</summary>
public sealed class HeatsTests
{
    public static readonly TheoryData<string> Scenarios =
    [
        "login --logins 20",
        "fanout --presentities 4 --watchers 3 --seconds 1",
        "paced --presentities 4 --watchers 3 --rate 120 --seconds 1",
        "im --pairs 3 --rate 60 --seconds 1",
        "storm --users 7 --contacts 4",
        "mixed --users 7 --contacts 4 --seconds 1",
    ];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Each_heat_is_told_of_with_what_was_delivered_in_it(string scenario)
    {
        var (code, told) = await SmallRun.InHeatsAgainstLimit(scenario, Damage.None);

        Assert.Equal(BenchCommand.Clean, code);
        var lines = told.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Heats.Ready, lines[0]);
        var (first, second) = (Read(lines[1]), Read(lines[2]));
        Assert.Equal(3, lines.Length);
        Assert.True(first["delivered"] > 0);
        Assert.True(second["delivered"] > first["delivered"]);
        Assert.Equal(second["expected"], second["delivered"]);
        Assert.All([first, second], heat => Assert.Contains(heat, figure => figure.Key.EndsWith(" per second", StringComparison.Ordinal) && figure.Value > 0));
    }

    [Theory]
    [InlineData("fanout --presentities 4 --watchers 3 --seconds 1")]
    [InlineData("im --pairs 3 --rate 60 --seconds 1")]
    public async Task A_copy_that_is_lost_in_one_of_them_fails_the_run(string scenario)
    {
        var (code, _) = await SmallRun.InHeatsAgainstLimit(scenario, new Damage(70, 0, Copies.Events));

        Assert.Equal(BenchCommand.Damaged, code);
    }

    [Fact]
    public async Task The_first_heats_of_a_row_are_to_warm_up_and_the_others_count()
    {
        var cell = await Measure(SuiteRow.OfRate("im", "im --pairs 50 --seconds 1") with { Heats = 3 });

        Assert.False(cell.HasFailed);
        Assert.Equal(2, cell.Each.Count);
    }

    [Fact]
    public async Task Who_needs_long_for_a_heat_has_no_other_and_it_counts_beside_the_first_of_others_that_counts()
    {
        var cell = await Measure(SuiteRow.OfTime("storm", "storm --users 7 --contacts 4") with { Heats = 3 }, isLong: TimeSpan.Zero);
        var other = await Measure(cell.Row);

        Assert.False(cell.HasFailed);
        Assert.Single(cell.Each);
        Assert.Equal(2, other.Each.Count);
        var times = Assert.NotNull(other.TimesAsGoodAs(cell));
        Assert.Equal(1, times * other.Each[0]!.Value / cell.Each[0]!.Value, tolerance: 1e-9);
    }

    [Fact]
    public async Task A_run_that_is_not_possible_fails_its_cell()
    {
        var cell = await Measure(SuiteRow.OfRate("subscribe", "subscribe --owners 2 --watchers 2 --seconds 1") with { Heats = 3 });

        Assert.True(cell.HasFailed);
        Assert.Empty(cell.Each);
    }

    [Fact]
    public async Task A_run_that_ends_before_its_last_heat_fails_its_cell_and_not_the_others()
    {
        var cell = await Measure(SuiteRow.OfRate("im", "im --pairs 2 --messages 5") with { Heats = 3 });

        Assert.True(cell.HasFailed);
        Assert.Empty(cell.Each);
    }

    private static async Task<SuiteCell> Measure(SuiteRow row, TimeSpan? isLong = null)
    {
        var cell = new SuiteCell(row, "limit");
        await using var round = new SuiteRound(row, 1, TextWriter.Null) { Long = isLong ?? TimeSpan.FromMinutes(1) };
        await round.Start(cell, [.. row.Arguments.Split(' '), "--peer", "limit"]);
        for (var heat = 0; heat < row.Heats; heat++)
            await round.Heat(heat);
        await round.End();
        return cell;
    }

    private static Dictionary<string, double> Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.Number)
            .ToDictionary(one => one.Name, one => one.Value.GetDouble(), StringComparer.Ordinal);
    }
}
