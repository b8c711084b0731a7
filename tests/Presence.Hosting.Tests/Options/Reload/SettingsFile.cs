namespace Presence.Hosting.Tests.Options.Reload;

/// <summary>A file <c>appsettings.json</c> in a folder of its own.</summary>
internal sealed class SettingsFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-settings-");

    public SettingsFile(string text) => Write(text);

    public string Path => System.IO.Path.Combine(_folder.FullName, "appsettings.json");

    public void Write(string text) => File.WriteAllText(Path, text);

    public void Dispose() => _folder.Delete(recursive: true);
}
