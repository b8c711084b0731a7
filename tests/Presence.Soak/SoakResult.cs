using Presence.Soak.Checking;
using Presence.Soak.Histories;

namespace Presence.Soak;

/// <summary>What a run has shown.</summary>
/// <param name="Counts">How often each verb, code and mishap occurred.</param>
/// <param name="MemoryBefore">Resident memory of an own node before the logins, in MiB.</param>
/// <param name="MemoryAfter">The same at the end.</param>
internal sealed record SoakResult(
    IReadOnlyList<History> Histories, IReadOnlyList<Violation> Violations, IReadOnlyDictionary<string, long> Counts,
    long? MemoryBefore, long? MemoryAfter)
{
    private const int MostShown = 3;

    public string Table()
    {
        var lines = new List<string> { "" };
        lines.AddRange(Counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Chunk(4)
            .Select(row => string.Join("  ", row.Select(pair => $"{Short(pair.Key),-20} {pair.Value,8}"))));
        if (MemoryBefore is not null)
            lines.Add($"memory of the node: {MemoryBefore} MiB before, {MemoryAfter} MiB at the end");
        lines.Add($"{Histories.Count} histories, {Histories.Sum(h => h.Calls.Count)} requests, {Histories.Sum(h => h.Events.Count)} events");
        foreach (var rule in Violations.GroupBy(violation => violation.Rule).OrderBy(rule => rule.Key, StringComparer.Ordinal))
        {
            lines.Add($"{rule.Key}: {rule.Count()} × {rule.First().What}");
            foreach (var shown in rule.OrderBy(violation => violation.Excerpt.Count).Take(MostShown))
                lines.AddRange(["", .. shown.Excerpt.Select(line => $"    {line}")]);
        }

        lines.Add(Violations.Count == 0 ? "every history is consistent" : $"{Violations.Count} violations");
        return string.Join('\n', lines);
    }

    private static string Short(string name) => name.Length > 60 ? name[..60] : name;
}
