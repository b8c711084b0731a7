using Presence.Process.Tests.Node;

namespace Presence.Process.Tests;

/// <summary>The configuration file of a node that runs is edited.</summary>
public sealed class ReloadTests
{
    private const string Before = """{ "Presence": { "Sessions": { "PlainOnLoopback": true } } }""";
    private const string After =
        """{ "Presence": { "Sessions": { "PlainOnLoopback": true, "MaxLine": 512 }, "Grains": { "MaxValueSize": 256 }, "Access": { "Profile": "Strict" } } }""";
    private const string Wrong = """{ "Presence": { "Sessions": { "PlainOnLoopback": true, "MaxLine": 1 } } }""";

    private static readonly string Large = new('x', 300);

    [Fact]
    public async Task New_policies_and_limits_hold_for_the_next_request_and_a_wrong_file_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "appsettings.json");
        await File.WriteAllTextAsync(file, Before);
        await using var node = await NodeProcess.Start(folder.Path);
        await node.AddUser("alice@localhost", "wonderland");
        using var alice = await LineClient.LogIn(node.Pip, "alice", "wonderland");
        Assert.StartsWith("200", await alice.Ask($"SET # ~/note val={Large}"), StringComparison.Ordinal);
        Assert.Contains("maxline=4096", await Greeted(node), StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, After);
        node.HangUp();
        var hello = await Until(node, answer => answer.Contains("maxline=512", StringComparison.Ordinal));

        // What is announced, what a connection may send from now on, what the node of somebody who is here takes.
        Assert.DoesNotContain("peer", hello, StringComparison.Ordinal);
        Assert.StartsWith("413", await alice.Ask($"SET # ~/note val={Large}"), StringComparison.Ordinal);
        Assert.Contains("val=strict", await alice.Ask("GET # localhost/policy/profile"), StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, Wrong);
        node.HangUp();
        Assert.Contains("maxline=512", await Greeted(node), StringComparison.Ordinal);
        node.Terminate();
        var log = await node.Errors();
        Assert.Contains("holds at once: Presence:Access:Profile, Presence:Grains:MaxValueSize", log, StringComparison.Ordinal);
        Assert.Contains("the old one stays: Presence:Sessions:MaxLine = 1", log, StringComparison.Ordinal);
    }

    private static async Task<string> Greeted(NodeProcess node)
    {
        using var client = await LineClient.Connect(node.Pip);
        return await client.Ask("HELLO # localhost v=1.0");
    }

    /// <summary>A signal is heard when the process gets to it.</summary>
    private static async Task<string> Until(NodeProcess node, Func<string, bool> isSo)
    {
        string answer;
        do
            answer = await Greeted(node);
        while (!isSo(answer));
        return answer;
    }
}
