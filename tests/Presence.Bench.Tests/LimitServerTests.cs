using Presence.Bench.Limit;

namespace Presence.Bench.Tests;

/// <summary>The generator believes nothing: it passes what is whole and fails what is not.</summary>
public sealed class LimitServerTests
{
    public static TheoryData<string> Scenarios => SmallRun.Scenarios;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_server_that_delivers_everything_once_passes(string scenario)
    {
        var (code, table) = await SmallRun.AgainstLimit(scenario, Damage.None);

        Assert.True(code == BenchCommand.Clean, table);
        Assert.NotEqual(0, Figure(table, "delivered"));
        Assert.Equal(Figure(table, "expected"), Figure(table, "delivered"));
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_lost_copy_fails_every_scenario(string scenario)
    {
        var (code, table) = await SmallRun.AgainstLimit(scenario, new Damage(7, 0, CopiesOf(scenario)));

        Assert.Equal(BenchCommand.Damaged, code);
        Assert.NotEqual(0, Figure(table, "lost"));
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_doubled_copy_fails_every_scenario(string scenario)
    {
        var (code, table) = await SmallRun.AgainstLimit(scenario, new Damage(0, 7, CopiesOf(scenario)));

        Assert.Equal(BenchCommand.Damaged, code);
        Assert.NotEqual(0, Figure(table, "doubled"));
        Assert.Equal(0, Figure(table, "lost"));
    }

    [Fact]
    public async Task A_server_that_is_through_before_the_time_is_over_is_not_measured_idle()
    {
        var thrown = await Assert.ThrowsAsync<BenchException>(
            () => SmallRun.AgainstLimit("subscribe --owners 2 --watchers 2 --seconds 1", Damage.None));

        Assert.Contains("too few", thrown.Message, StringComparison.Ordinal);
    }

    private static Copies CopiesOf(string scenario) => scenario.Split(' ')[0] switch
    {
        "login" => Copies.Logins,
        "idle" => Copies.Pings,
        _ => Copies.Events,
    };

    private static long Figure(string table, string name)
    {
        var line = table.Split('\n').Single(row => row.StartsWith(name + ' ', StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Trim());
    }
}
