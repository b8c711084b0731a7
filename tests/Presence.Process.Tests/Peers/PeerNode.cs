using Presence.Process.Tests.Node;

namespace Presence.Process.Tests.Peers;

/// <summary>One node for several tests, each with users of its own.</summary>
public sealed class PeerNode : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private int _names;

    internal NodeProcess Process { get; private set; } = null!;

    /// <summary>An address that no other test has.</summary>
    public string NewName(string name) => $"{name}{Interlocked.Increment(ref _names)}@localhost";

    public async ValueTask InitializeAsync() => Process = await NodeProcess.Start(_folder.Path);

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _folder.Dispose();
    }
}
