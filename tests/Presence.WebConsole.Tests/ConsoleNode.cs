using Presence.Process.Tests.Node;

namespace Presence.WebConsole.Tests;

/// <summary>One node for all tests of the pages. Each test has users of its own.</summary>
public sealed class ConsoleNode : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private NodeProcess? _node;

    /// <summary>Where its pages are, as <c>http://127.0.0.1:8080</c>.</summary>
    public string Url => $"http://{_node!.Http}";

    /// <summary>What opens its administration.</summary>
    public string Token => File.ReadAllText(Path.Combine(_folder.Path, "data", "admin.token")).Trim();

    public Task AddUser(string address, string password) => _node!.AddUser(address, password);

    public async ValueTask InitializeAsync() => _node = await NodeProcess.Start(_folder.Path);

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
            await _node.DisposeAsync();
        _folder.Dispose();
    }
}
