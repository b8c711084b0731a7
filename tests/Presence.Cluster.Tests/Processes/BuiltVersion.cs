namespace Presence.Cluster.Tests.Processes;

/// <summary>Where the programs of a version are.</summary>
/// <param name="Root">A folder with the outputs of the build where they are in a checkout.</param>
internal sealed record BuiltVersion(string Root)
{
    /// <summary>This checkout.</summary>
    public static BuiltVersion Current { get; } = new(Find());

    public string Gateway => Built("gateway", "Presence.Gateway.dll");

    public string Silo => Built("silo-host", "Presence.SiloHost.dll");

    private string Built(string folder, string file)
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!;
        return Path.Combine(Root, folder, "bin", configuration, "net10.0", file);
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Presence.Orleans.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of a checkout.");
        return folder.FullName;
    }
}
