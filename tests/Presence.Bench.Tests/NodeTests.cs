using System.Globalization;

namespace Presence.Bench.Tests;

/// <summary>A real node under every kind of load, small.</summary>
public sealed class NodeTests
{
    public static TheoryData<string> Scenarios => SmallRun.Scenarios;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_node_delivers_every_copy_once(string scenario)
    {
        var (code, table) = await SmallRun.AgainstNode(scenario);

        Assert.True(code == BenchCommand.Clean, table);
    }

    [Theory]
    [InlineData("fanout --presentities 4 --watchers 3 --changes 5 --tls")]
    [InlineData("fanout --presentities 4 --watchers 3 --changes 5 --ws")]
    [InlineData("im --pairs 3 --messages 8 --receipts --grpc")]
    public async Task A_node_delivers_every_copy_once_whichever_way_it_is_reached(string scenario)
    {
        var (code, table) = await SmallRun.AgainstNode(scenario);

        Assert.True(code == BenchCommand.Clean, table);
    }

    /// <summary>Many, so that what the collector has not cleared yet counts for little.</summary>
    [Fact]
    [Trait("Conformance", "LIM-04")]
    public async Task A_session_that_does_nothing_costs_less_memory_than_is_documented()
    {
        var (code, table) = await SmallRun.AgainstNode("idle --connections 800 --seconds 1");

        Assert.True(code == BenchCommand.Clean, table);
        var row = table.Split('\n').Single(line => line.Contains("KiB RSS per user", StringComparison.Ordinal));
        var number = row.Split((char[])[' ', '|'], StringSplitOptions.RemoveEmptyEntries).Last();
        Assert.InRange(double.Parse(number, CultureInfo.InvariantCulture), double.MinValue, 128);
    }
}
