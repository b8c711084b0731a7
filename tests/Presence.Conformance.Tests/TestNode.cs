using System.Net;
using Presence.Testing.Node;

namespace Presence.Conformance.Tests;

/// <summary>A node as a user runs it, with its own data folder and free ports.</summary>
public sealed class TestNode : IAsyncLifetime
{
    private static readonly string[] Settings =
    [
        "Presence:Listeners:Pip=127.0.0.1:0", "Presence:Listeners:Pips=127.0.0.1:0", "Presence:Listeners:Udp=127.0.0.1:0",
        "Presence:Listeners:Http=127.0.0.1:0", "Presence:Listeners:Grpc=127.0.0.1:0", "Presence:Accounts:Iterations=4096",
        "Presence:Sessions:Anonymous=true", "Presence:Listeners:PipStartTls=true",
    ];

    private NodeProcess? _node;

    public IPEndPoint Pip => _node!.Pip;

    public IPEndPoint Pips => _node!.Pips;

    public IPEndPoint Grpc => _node!.Grpc;

    public Uri Administration => _node!.Administration;

    public string Token => File.ReadAllText(_node!.TokenFile).Trim();

    public async ValueTask InitializeAsync() => _node = await NodeProcess.Start(Gateway(), Settings);

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
            await _node.DisposeAsync();
    }

    private static string Gateway()
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!;
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Presence.Orleans.sln")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "gateway", "bin", configuration, "net10.0", "Presence.Gateway.dll");
    }
}
