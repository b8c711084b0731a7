using System.Collections.Frozen;

namespace Presence.WebConsole;

/// <summary>The files of the pages, by their path below <c>web/</c>. They lie in the assembly and are read
/// once.</summary>
internal static class WebFiles
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    public static FrozenDictionary<string, WebFile> All { get; } = typeof(WebFiles).Assembly.GetManifestResourceNames()
        .ToFrozenDictionary(name => name, Read, StringComparer.Ordinal);

    private static WebFile Read(string name)
    {
        using var resource = typeof(WebFiles).Assembly.GetManifestResourceStream(name)!;
        var octets = new byte[resource.Length];
        resource.ReadExactly(octets);
        return new WebFile(octets, Types[Path.GetExtension(name)]);
    }
}
