using System.Xml.Linq;

namespace Presence.Architecture.Tests.Repository;

/// <summary>One project and what its file says it needs.</summary>
internal sealed class ProjectFile
{
    public ProjectFile(string path)
    {
        Path = Checkout.Below(path);
        Name = System.IO.Path.GetFileNameWithoutExtension(path);
        var xml = XDocument.Load(path);
        Packages = [.. Includes(xml, "PackageReference")];
        References =
        [
            .. Includes(xml, "ProjectReference")
                .Select(include => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/'))),
        ];
    }

    public string Path { get; }

    public string Name { get; }

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>The places where a whole program is put together.</summary>
    public bool IsCompositionRoot => Folder is "gateway" or "silo-host";

    public string Folder => Path[..Path.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>Names of the projects it refers to itself.</summary>
    public IReadOnlyList<string> References { get; }

    /// <summary>Names of the packages it refers to itself.</summary>
    public IReadOnlyList<string> Packages { get; }

    private static IEnumerable<string> Includes(XDocument xml, string element) =>
        xml.Descendants(element).Select(item => item.Attribute("Include")?.Value).OfType<string>();
}
