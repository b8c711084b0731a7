using System.Text.Json;
using Presence.Bench.Suites;

namespace Presence.Bench.Tests;

public sealed class SuiteTableTests
{
    private static readonly SuiteRow Row = SuiteRow.OfRate("im", "im --pairs 2");

    private readonly SuiteCell _node = new(Row, "node");
    private readonly SuiteCell _peer = new(Row, "ejabberd");
    private readonly SuiteCell _limit = new(Row, "limit");

    private string Line => SuiteTable.Markdown(["node", "ejabberd", "limit"], [_node, _peer, _limit], ["a machine"])
        .Split('\n').Single(line => line.StartsWith("| im", StringComparison.Ordinal));

    [Fact]
    public void Each_cell_is_the_median_of_its_runs()
    {
        Add(_node, 1000, 30_000, 4000);
        Add(_peer, 1000, 2000);
        Add(_limit, 8000);

        Assert.StartsWith("| im | 4 000 / 7 | 1 500 / 7 | 8 000 / 7 |", Line, StringComparison.Ordinal);
        Assert.EndsWith("| 3/2/1 |", Line, StringComparison.Ordinal);
        Assert.Equal(30, _node.Spread);
    }

    [Fact]
    public void A_ratio_is_the_mean_of_those_of_one_heat_so_that_a_slow_moment_of_the_machine_does_not_count()
    {
        Add(_node, 1000, 4000);
        Add(_peer, 500, 500);
        Add(_limit, 4000);

        Assert.EndsWith("| 4.00 x | 0.25 x | 2/2/1 |", Line, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_four_heats_or_more_those_that_are_furthest_off_do_not_count()
    {
        Add(_node, 1000, 2000, 4000, 8000);
        Add(_peer, 1000, 500, 4000, 10);
        Add(_limit, 100, 2000, 4000, 4000);

        Assert.EndsWith("| 2.00 x | 1.41 x | 4/4/4 |", Line, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_heats_a_seventh_at_each_end_does_not_count()
    {
        Add(_node, [1, 1, .. Enumerable.Repeat(3000, 10), 90_000, 90_000]);
        Add(_peer, [.. Enumerable.Repeat(1000, 14)]);

        Assert.EndsWith("| 3.00 x | – | 14/14/0 |", Line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_best_peer_is_the_one_that_comes_nearest_to_us()
    {
        var other = new SuiteCell(Row, "prosody");
        Add(_node, 1000, 2000);
        Add(_peer, 250, 500);
        Add(other, 500, 1000);

        Assert.Contains(" | 2.00 x | – |", SuiteTable.Markdown(["node", "ejabberd", "prosody"], [_node, _peer, other], []), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_less_is_better_a_ratio_above_one_is_still_ours()
    {
        var row = SuiteRow.OfLatency("im", "im");
        var (node, peer) = (new SuiteCell(row, "node"), new SuiteCell(row, "ejabberd"));
        node.Add(1, new Dictionary<string, double>(StringComparer.Ordinal) { ["p50 ms"] = 2, ["p99 ms"] = 3 });
        peer.Add(1, new Dictionary<string, double>(StringComparer.Ordinal) { ["p50 ms"] = 5, ["p99 ms"] = 1 });

        Assert.Contains("| im | 2 / 3 | 5 / 1 | 2.50 x | – | 1/1 |", SuiteTable.Markdown(["node", "ejabberd"], [node, peer], []));
    }

    [Fact]
    public void A_run_that_failed_shows()
    {
        Add(_node, 1000);
        _node.HasFailed = true;
        _peer.HasFailed = true;

        Assert.Equal("| im | 1 000 / 7 **(a run failed)** | **failed** | – | – | – | 1/0/0 |", Line);
    }

    [Fact]
    public void As_JSON_it_has_every_figure_of_every_heat()
    {
        Add(_node, 1000, 2000);

        using var table = JsonDocument.Parse(SuiteTable.Json([_node], []));
        Assert.Equal(
            [(1000, 7), (2000, 7)],
            table.RootElement.GetProperty("cells")[0].GetProperty("all").EnumerateArray().Select(heat =>
                (heat.GetProperty("messages per second").GetInt32(), heat.GetProperty("server CPU us each").GetInt32())));
    }

    private static void Add(SuiteCell cell, params int[] rates)
    {
        foreach (var (index, rate) in rates.Index())
        {
            cell.Add(index + 1, new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["messages per second"] = rate, ["server CPU us each"] = 7,
            });
        }
    }
}
