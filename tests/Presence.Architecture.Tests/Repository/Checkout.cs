namespace Presence.Architecture.Tests.Repository;

/// <summary>The files of the repository that this test was built from, without what a build makes.</summary>
internal static class Checkout
{
    private static readonly string[] Made = ["bin", "obj", "node_modules", "TestResults", "artifacts"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Sources { get; } =
        [.. FilesWith(".cs").Select(path => new SourceFile(path)).OrderBy(file => file.Path, StringComparer.Ordinal)];

    public static IReadOnlyList<ProjectFile> Projects { get; } =
        [.. FilesWith(".csproj").Select(path => new ProjectFile(path)).OrderBy(file => file.Path, StringComparer.Ordinal)];

    /// <summary>What ships: all but tests.</summary>
    public static IEnumerable<SourceFile> Shipped => Sources.Where(file => !file.IsTest);

    /// <summary>Path below the root with forward slashes.</summary>
    public static string Below(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    public static IEnumerable<string> FilesWith(params string[] endings) => FilesIn(Root)
        .Where(path => endings.Contains(Path.GetExtension(path), StringComparer.Ordinal));

    private static IEnumerable<string> FilesIn(string folder) => Directory.EnumerateFiles(folder).Concat(
        Directory.EnumerateDirectories(folder)
            .Where(child => Path.GetFileName(child) is var name && name[0] != '.' && !Made.Contains(name))
            .SelectMany(FilesIn));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Presence.Orleans.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No Presence.Orleans.sln above {AppContext.BaseDirectory}.");
    }
}
