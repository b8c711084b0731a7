using System.Text.RegularExpressions;
using Presence.Testing.Conversations;

namespace Presence.Conversations.Tests.Twins;

/// <summary>Two stories in one file that must look the same to one actor; see docs/conversations.md, "Twin stories".</summary>
/// <param name="Observer">The actor who must not be able to tell.</param>
/// <param name="Conformance">Statements that the pair proves.</param>
/// <param name="Stories">Both stories, by the word in their brackets.</param>
internal sealed partial record TwinStory(
    string Observer, IReadOnlyList<string> Conformance, IReadOnlyList<(string Word, Conversation Story)> Stories)
{
    public static IReadOnlyList<string> All(string folder)
    {
        var paths = Directory.EnumerateFiles(folder, "*.twin", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal).ToList();
        return paths.Count > 0 ? paths : throw new FileNotFoundException($"no *.twin file below {folder}");
    }

    /// <param name="folder">Where stories are.</param>
    /// <param name="path">This one below it.</param>
    /// <param name="told">How each line is told, if not as it stands there.</param>
    public static TwinStory Read(string folder, string path, Func<string, string>? told = null)
    {
        var lines = File.ReadAllLines(Path.Combine(folder, path)).Select(told ?? (line => line)).ToList();
        var words = lines.Select(line => Bracketed().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups["word"].Value).Distinct().ToList();
        Assert.True(words.Count == 2, $"{path} has {words.Count} words in brackets; two stories need two");
        var observer = lines.Single(line => line.StartsWith("@twin ", StringComparison.Ordinal))["@twin ".Length..];
        var stories = words.Select(word => (word, Conversation.Parse($"{path} [{word}]", Only(lines, word)))).ToList();
        return new TwinStory(observer, stories[0].Item2.Conformance, stories);
    }

    /// <summary>Lines of the other story are left empty, so that line numbers stay.</summary>
    private static string Only(IEnumerable<string> lines, string word) => string.Join('\n', lines.Select(line =>
        line.StartsWith("@twin ", StringComparison.Ordinal) ? ""
        : Bracketed().Match(line) is { Success: true } match
            ? match.Groups["word"].Value == word ? line[match.Length..] : ""
            : line));

    [GeneratedRegex(@"^\[(?<word>[a-z]+)\] ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bracketed();
}
