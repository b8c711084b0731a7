namespace Presence.Process.Tests.Node;

internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-node-");

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
