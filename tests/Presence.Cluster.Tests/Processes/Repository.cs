namespace Presence.Cluster.Tests.Processes;

/// <summary>Where the programs of this checkout are.</summary>
internal static class Repository
{
    private static readonly string Root = Find();

    public static string Gateway => Built("gateway", "Presence.Gateway.dll");

    public static string Silo => Built("silo-host", "Presence.SiloHost.dll");

    private static string Built(string folder, string file)
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
