namespace Presence.Testing.Conversations;

/// <summary>Stories as files named `*.conv`.</summary>
public static class ConversationFile
{
    /// <summary>
    /// All stories below a directory, as sorted paths relative to it with `/`: one row of a theory each.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="FileNotFoundException">There is no story; a theory would pass over that in silence.</exception>
    public static IReadOnlyList<string> All(string directory)
    {
        var paths = Directory.EnumerateFiles(directory, "*.conv", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(directory, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ToList();
        return paths.Count > 0 ? paths : throw new FileNotFoundException($"no *.conv file below {directory}");
    }

    /// <exception cref="ConversationFormatException">The file is not a story.</exception>
    public static Conversation Read(string directory, string relativePath) =>
        Conversation.Parse(relativePath, File.ReadAllText(Path.Combine(directory, relativePath)));
}
