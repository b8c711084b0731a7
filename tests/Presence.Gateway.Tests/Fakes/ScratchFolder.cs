namespace Presence.Gateway.Tests.Fakes;

/// <summary>A folder of a test's own, gone after it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-gateway-");

    public string FullPath => _folder.FullName;

    public string File(string name) => Path.Combine(FullPath, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
