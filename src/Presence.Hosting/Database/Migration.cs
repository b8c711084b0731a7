using System.Globalization;

namespace Presence.Hosting.Database;

/// <summary>One step of the schema: a file <c>NNNN-name.sql</c>, numbered from 1 and never changed once it was released.</summary>
internal sealed record Migration(int Version, string Name, string Text)
{
    public static readonly IReadOnlyList<Migration> All = [.. Read().OrderBy(migration => migration.Version)];

    private static IEnumerable<Migration> Read()
    {
        var assembly = typeof(Migration).Assembly;
        const string Folder = ".Migrations.";
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var name = resource[(resource.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..^4];
            yield return new Migration(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
        }
    }
}
