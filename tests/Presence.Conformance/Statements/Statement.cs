namespace Presence.Conformance.Statements;

/// <summary>One statement of the protocol's list.</summary>
internal sealed record Statement(string Id, string Text)
{
    public string Family => Id[..3];

    /// <summary>All of docs/protocol/conformance.md, in its order.</summary>
    public static IReadOnlyList<Statement> All { get; } = [.. Read()];

    private static IEnumerable<Statement> Read()
    {
        using var stream = typeof(Statement).Assembly.GetManifestResourceStream("conformance.md")!;
        using var text = new StreamReader(stream);
        while (text.ReadLine() is { } line)
        {
            var cells = line.Split('|', 3);
            if (cells.Length == 3 && cells[1].Trim() is { Length: 6 } id && id[3] == '-' && char.IsAsciiDigit(id[4]))
                yield return new Statement(id, cells[2].Trim().TrimEnd('|').TrimEnd());
        }
    }
}
