namespace Presence.Cluster.Tests.Logs;

/// <summary>An event that a trouble explains.</summary>
/// <param name="Event">Category and id; an asterisk stands for any text.</param>
/// <param name="Causes">Any of these explains it; <see cref="Trouble.Load"/> is always there.</param>
/// <param name="Reason">Why it is no fault.</param>
internal sealed record KnownEvent(string Event, Trouble Causes, string Reason)
{
    public bool Covers(LogLine line, Trouble troubles) =>
        (Causes == Trouble.Load || (Causes & troubles) != 0)
        && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(Event, line.Event, ignoreCase: false);
}
