using Presence.Process.Tests.Node;

namespace Presence.Process.Tests;

/// <summary>The sample clients, run with the interpreters of the machine, talk to each other through a real node.</summary>
public sealed class SampleTests
{
    [Theory]
    [InlineData("perl", "perl/presence.pl", "tclsh", "tcl/presence.tcl")]
    [InlineData("tclsh", "tcl/presence.tcl", "perl", "perl/presence.pl")]
    public async Task Two_scripts_in_two_languages_see_each_other_and_talk(
        string first, string firstScript, string second, string secondScript)
    {
        using var folder = new TemporaryFolder();
        await using var node = await NodeProcess.Start(folder.Path);
        await node.AddUser("alice@localhost", "wonderland");
        await node.AddUser("bob@localhost", "builder");

        var outputs = await Task.WhenAll(
            Run(first, firstScript, $"{node.Pip}", "alice", "wonderland", "bob@localhost", "Coffee?"),
            Run(second, secondScript, $"{node.Pip}", "bob", "builder", "alice@localhost", "At the lake"));

        Assert.Contains("bob@localhost: At the lake", outputs[0], StringComparison.Ordinal);
        Assert.Contains("bob@localhost is online", outputs[0], StringComparison.Ordinal);
        Assert.Contains("alice@localhost: Coffee?", outputs[1], StringComparison.Ordinal);
        Assert.Contains("alice@localhost is online", outputs[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("python", "node")]
    [InlineData("node", "perl")]
    public async Task Samples_over_grpc_see_and_hear_each_other_and_those_over_pip(string first, string second)
    {
        using var folder = new TemporaryFolder();
        await using var node = await NodeProcess.Start(folder.Path);
        await node.AddUser("alice@localhost", "wonderland");
        await node.AddUser("bob@localhost", "builder");
        var stubs = Path.Combine(folder.Path, "stubs");
        await GrpcScripts.MakeStubs(stubs);

        var outputs = await Task.WhenAll(
            RunOne(first, node, stubs, "alice@localhost", "wonderland", "bob@localhost", "Coffee?"),
            RunOne(second, node, stubs, "bob@localhost", "builder", "alice@localhost", "At the lake"));

        Assert.Contains("bob@localhost: At the lake", outputs[0], StringComparison.Ordinal);
        Assert.Contains("bob@localhost is online", outputs[0], StringComparison.Ordinal);
        Assert.Contains("alice@localhost: Coffee?", outputs[1], StringComparison.Ordinal);
        Assert.Contains("alice@localhost is online", outputs[1], StringComparison.Ordinal);
    }

    private static Task<string> RunOne(string language, NodeProcess node, string stubs, params string[] arguments)
    {
        var samples = Path.Combine(Repository.Root, "samples");
        return language switch
        {
            "python" => GrpcScripts.RunPython(
                Path.Combine(samples, "python", "client.py"), stubs, [$"{node.Grpc}", .. arguments]),
            "node" => GrpcScripts.RunNode(Path.Combine(samples, "node", "client.js"), [$"{node.Grpc}", .. arguments]),
            _ => Run("perl", "perl/presence.pl", [$"{node.Pip}", .. arguments]),
        };
    }

    private static async Task<string> Run(string interpreter, string script, params string[] arguments)
    {
        var path = Path.Combine(Repository.Root, "samples", script);
        var (code, output, errors) = await Script.Run(interpreter, [path, .. arguments]);
        Assert.True(code == 0, $"{script} ended with {code}: {errors}{output}");
        return output;
    }
}
