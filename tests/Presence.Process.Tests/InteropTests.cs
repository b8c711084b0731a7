using Presence.Process.Tests.Node;

namespace Presence.Process.Tests;

/// <summary>
/// gRPC libraries of others against a node: every kind of call, deadlines, cancellation, large messages, metadata, error
/// details, reflection, health, administration. What is tried stands in the scripts.
/// </summary>
public sealed class InteropTests : IAsyncLifetime
{
    private static readonly string[] Checks =
    [
        "unary-calls", "server-streaming", "client-streaming", "bidirectional-streaming", "deadlines", "cancellation",
        "large-messages", "metadata", "error-details", "reflection", "health", "administration",
    ];

    private readonly TemporaryFolder _folder = new();
    private NodeProcess _node = null!;

    public async ValueTask InitializeAsync()
    {
        _node = await NodeProcess.Start(
            _folder.Path, "--Presence:Sessions:MaxBody=4194304", "--Presence:Sessions:MaxQueuedOctets=16777216");
        await _node.AddUser("alice@localhost", "wonderland");
        await _node.AddUser("bob@localhost", "builder");
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Libraries_of_Python_and_of_Node_js_find_all_that_they_expect()
    {
        var stubs = Path.Combine(_folder.Path, "stubs");
        await GrpcScripts.MakeStubs(stubs, FileOf("known.proto"));
        AssertAllPassed(await GrpcScripts.RunPython(FileOf("interop.py"), stubs, $"{_node.Grpc}", stubs, _node.AdminToken));
        AssertAllPassed(await GrpcScripts.RunNode(FileOf("interop.js"), $"{_node.Grpc}", GrpcScripts.Protos, _node.AdminToken));
    }

    private static void AssertAllPassed(string output) => Assert.Equal(
        Checks.Select(check => $"ok {check}"), output.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    private static string FileOf(string name) =>
        Path.Combine(Repository.Root, "tests", "Presence.Process.Tests", "Interop", name);
}
