namespace Presence.Testing.Conversations;

/// <summary>A line of a story's file, numbered from 1; a repeated line keeps the number it has in the file.</summary>
internal sealed record SourceLine(int Number, string Text)
{
    public bool IsBlank => Text.Length == 0;

    public bool IsComment => Text.StartsWith('#');

    /// <summary>Lines without leading spaces; their terminator is LF or CR LF.</summary>
    public static List<SourceLine> Split(string text)
    {
        var number = 0;
        return [.. text.Split('\n').Select(line => new SourceLine(++number, line.TrimEnd('\r').TrimStart(' ')))];
    }
}
