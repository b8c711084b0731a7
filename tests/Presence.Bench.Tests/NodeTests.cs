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
}
