using Presence.Process.Tests.Node;

namespace Presence.WebConsole.Tests;

/// <summary>
/// What drives the browser (playwright-core, in the version of package-lock.json), installed below <c>artifacts/</c>
/// and so outside of what is built and tested. Chromium itself comes from Debian.
/// </summary>
internal static class BrowserModules
{
    private const string Lock = "package-lock.json";

    // The registry may be slow.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly string Source = Path.Combine(Repository.Root, "tests/Presence.WebConsole.Tests/browser");

    /// <summary>Installs them unless they are there. Gives the folder that has <c>node_modules</c> in it.</summary>
    public static async Task<string> Install()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts/browser")).FullName;
        // npm writes this file last.
        var isThere = File.Exists(Path.Combine(folder, "node_modules/.package-lock.json"))
            && File.Exists(Path.Combine(folder, Lock))
            && await IsSame(Path.Combine(folder, Lock), Path.Combine(Source, Lock));
        if (isThere)
            return folder;
        foreach (var name in new[] { "package.json", Lock })
            File.Copy(Path.Combine(Source, name), Path.Combine(folder, name), overwrite: true);
        var (code, output, errors) = await Script.Run(
            "npm", ["ci", "--no-audit", "--no-fund", "--prefix", folder], patience: Patience);
        Assert.True(code == 0, $"npm ci ended with {code}: {errors}{output}");
        return folder;
    }

    private static async Task<bool> IsSame(string one, string other) =>
        await File.ReadAllTextAsync(one) == await File.ReadAllTextAsync(other);
}
