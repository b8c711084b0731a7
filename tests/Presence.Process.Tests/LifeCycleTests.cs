using System.Diagnostics;
using Presence.Process.Tests.Node;

namespace Presence.Process.Tests;

/// <summary>Start, refusal to start, and orderly end of the real process.</summary>
public sealed class LifeCycleTests
{
    private const string Plain = "--Presence:Sessions:PlainOnLoopback=true";

    [Fact]
    public async Task The_banner_has_at_most_ten_lines_and_ends_with_something_to_type()
    {
        using var folder = new TemporaryFolder();
        await using var node = await NodeProcess.Start(folder.Path);
        Assert.InRange(node.Banner.Count, 5, 10);
        Assert.Contains("Orleans", node.Banner[0], StringComparison.Ordinal);
        Assert.Contains("./presence user add", node.Banner[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_SIGTERM_sessions_are_told_and_the_process_ends_with_0_within_ten_seconds()
    {
        using var folder = new TemporaryFolder();
        await using var node = await NodeProcess.Start(folder.Path, Plain);
        await node.AddUser("alice@localhost", "wonderland");
        using var alice = await LineClient.LogIn(node.Pip, "alice", "wonderland");
        using var stranger = await LineClient.Connect(node.Pip);
        Assert.StartsWith("220 0 ready", await stranger.ReadLine(), StringComparison.Ordinal);

        var watch = Stopwatch.StartNew();
        node.Terminate();
        Assert.StartsWith("421 0 going-down retry=", await alice.ReadLine(), StringComparison.Ordinal);
        Assert.Null(await alice.ReadLine());
        Assert.StartsWith("421 0 going-down retry=", await stranger.ReadLine(), StringComparison.Ordinal);
        Assert.Equal(0, await node.Exited());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"it took {watch.Elapsed}");
    }

    [Fact]
    [Trait("Conformance", "LOC-03")]
    public async Task The_node_refuses_to_start_where_text_cannot_be_normalised()
    {
        using var folder = new TemporaryFolder();
        var invariant = new Dictionary<string, string> { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" };
        var (code, errors) = await NodeProcess.StartRefused(folder.Path, invariant);
        Assert.NotEqual(0, code);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("Presence:Listeners:Pip", "0.0.0.0:7749")]
    [InlineData("Presence:Sessions:MaxLine", "12")]
    [InlineData("Presence:Sesions:MaxLine", "4096")]
    [InlineData("Presence:Domains:0", "not a domain")]
    public async Task Wrong_configuration_stops_the_start_with_one_line_that_names_key_and_value(string key, string value)
    {
        using var folder = new TemporaryFolder();
        var (code, errors) = await NodeProcess.StartRefused(folder.Path, new Dictionary<string, string>(), $"--{key}={value}");
        Assert.NotEqual(0, code);
        var line = Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.Contains(key, line, StringComparison.Ordinal);
        Assert.Contains(value, line, StringComparison.Ordinal);
    }
}
