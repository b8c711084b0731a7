namespace Presence.Cluster.Tests.Logs;

/// <summary>
/// Reads what the processes of a cluster have logged: every warning and error, and every exception, must be accounted for by
/// what was done to them.
/// </summary>
internal static class LogReview
{
    // Orleans ends the process of a silo that was declared dead; its last words are a stack without the form of an event.
    private const string DeclaredDead = "I have been told I am dead";

    /// <param name="log">Of all processes, each behind a line that begins with three equals signs.</param>
    /// <param name="troubles">What was done to them.</param>
    /// <returns>What is not accounted for, each kind once.</returns>
    public static IReadOnlyList<string> Unaccounted(string log, Trouble troubles)
    {
        var found = new Dictionary<string, (int Count, string First)>(StringComparer.Ordinal);
        foreach (var process in log.Split("=== "))
        {
            var mayEnd = troubles.HasFlag(Trouble.SiloFrozen) && process.Contains(DeclaredDead, StringComparison.Ordinal);
            foreach (var line in process.Split('\n').Skip(1).Select(LogLine.Parse))
            {
                if (Fault(line, troubles, mayEnd) is { } fault)
                    found[fault] = (found.GetValueOrDefault(fault).Count + 1, found.GetValueOrDefault(fault).First ?? line.Text);
            }
        }

        return [.. found.Select(pair => $"{pair.Value.Count} x {pair.Key}: {pair.Value.First}")];
    }

    private static string? Fault(LogLine line, Trouble troubles, bool mayEnd)
    {
        if (!line.IsEvent)
            return mayEnd || string.IsNullOrWhiteSpace(line.Text) ? null : "no event";
        var unknown = line.Exceptions.FirstOrDefault(name => !AccountedFor.Exceptions.Contains(name));
        if (unknown is not null)
            return $"{line.Event} with {unknown}";
        return line.IsQuiet || AccountedFor.Events.Any(known => known.Covers(line, troubles)) ? null : line.Event;
    }
}
