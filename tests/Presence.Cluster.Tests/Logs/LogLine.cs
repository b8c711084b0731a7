using System.Text.RegularExpressions;

namespace Presence.Cluster.Tests.Logs;

/// <summary>An event of a log, or a line that is none.</summary>
/// <param name="Level">As the console writes it: info, warn, fail, crit; empty if the line is no event.</param>
/// <param name="Event">Category and id, as <c>Presence.Sessions.Gateways.Gateway[1014]</c>.</param>
internal sealed partial record LogLine(string Level, string Event, string Text)
{
    public bool IsEvent => Level.Length > 0;

    public bool IsQuiet => Level is "info" or "dbug" or "trce";

    /// <summary>Every type of exception that it names.</summary>
    public IEnumerable<string> Exceptions => NamesOfExceptions().Matches(Text).Select(match => match.Groups["name"].Value);

    public static LogLine Parse(string line) => Pattern().Match(line) is { Success: true } match
        ? new LogLine(match.Groups["level"].Value, match.Groups["event"].Value, match.Groups["text"].Value)
        : new LogLine("", "", line);

    [GeneratedRegex(@"^\S+Z (?<level>trce|dbug|info|warn|fail|crit): (?<event>.+?\[-?\d+\])(?= |$) ?(?<text>.*)$", RegexOptions.None, 1000)]
    private static partial Regex Pattern();

    /// <summary>Followed by a message or a code; the name of a method in a stack is not.</summary>
    [GeneratedRegex(@"(?<![\w.])(?!InnerException)(?:\w+\.)*(?<name>\w+Exception)(?=[ :])", RegexOptions.None, 1000)]
    private static partial Regex NamesOfExceptions();
}
