using Presence.Bench.Suites;

namespace Presence.Bench.Tests;

/// <summary>Which rows of a table have their servers at the same time, and how their heats follow each other.</summary>
public sealed class SuiteGroupTests
{
    [Theory]
    [InlineData(1, "a|b|c|d|e|idle")]
    [InlineData(2, "a b|c d|e|idle")]
    [InlineData(4, "a b c|d e|idle")]
    [InlineData(6, "a b c d e|idle")]
    public void Rows_of_several_heats_are_together_as_far_as_there_is_room(int most, string expected)
    {
        IReadOnlyList<SuiteRow> rows = [.. "abcde".Select(name => Row($"{name}", 2)), Row("idle", 1)];

        Assert.Equal(expected, string.Join('|', SuiteGroup.Of(rows, most).Select(group => string.Join(' ', group.Rows.Select(row => row.Title)))));
    }

    [Fact]
    public void The_heats_of_each_row_are_spread_over_the_whole_time()
    {
        var group = new SuiteGroup([Row("a", 4), Row("b", 2)]);

        Assert.Equal("a0 a1 b0 a2 a3 b1", string.Join(' ', group.Heats.Select(one => $"{one.Row.Title}{one.Heat}")));
    }

    [Fact]
    public void A_table_whose_rows_have_one_heat_has_a_group_for_each()
    {
        Assert.Equal(Suite.Growths.Count, SuiteGroup.Of(Suite.Growths, 6).Count);
        Assert.All(SuiteGroup.Of(Suite.Growths, 6), group => Assert.Equal(3, group.Rounds));
    }

    [Fact]
    public void The_node_has_its_turn_right_before_or_after_each_peer() =>
        Assert.Equal(["ejabberd", "node", "prosody", "limit"], SuiteCommand.InTurn(["node"], ["ejabberd", "prosody", "limit"]));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(11, 1)]
    [InlineData(12, 2)]
    public void A_row_of_several_heats_has_one_to_get_warm_and_one_of_many_has_two(int heats, int expected) =>
        Assert.Equal(expected, Row("a", heats).WarmUp);

    private static SuiteRow Row(string name, int heats) => SuiteRow.OfRate(name, name) with { Heats = heats };
}
