using Presence.Soak.Histories;

namespace Presence.Soak.Checking;

/// <summary>P1 and P2: nobody is told what he has no right to (docs/protocol/access.md).</summary>
internal static class RightRules
{
    public static IEnumerable<Violation> Check(Evidence evidence)
    {
        var written = evidence.Histories.ToDictionary(history => history.Owner, Written, StringComparer.Ordinal);
        foreach (var watch in evidence.Histories.SelectMany(Watch.Of))
        {
            if (evidence.Of(watch.Target) is not { } owner)
                continue;
            foreach (var told in watch.Values.Where(told => told["val"] != "offline"))
            {
                if (Of(evidence, watch, owner, told, written[owner.Owner]) is { } violation)
                    yield return violation;
            }
        }
    }

    /// <summary>
    /// Every value is written once. If from its writing until it was told there was no instant at which the watcher can have
    /// had the right, he was told what he must not know.
    /// </summary>
    private static Violation? Of(
        Evidence evidence, Watch watch, History owner, Told told, Dictionary<(string, string), long> written)
    {
        if (!written.TryGetValue((watch.Property, told["val"]!), out var since) || since > told.At)
            return Violation("P2", "a value came that its owner had not written", watch, owner, told);
        var possible = evidence.Between(owner, watch.Watcher.Owner).Possible(since, told.At);
        // Who is blocked politely sees what stood when that began, by the access list of now.
        var isPast = possible.Any(standing => standing.Block != Block.Polite)
            && possible.Any(standing => standing.Block == Block.Polite && (standing with { Block = Block.None }).Sees(watch.Property));
        return !isPast && !possible.Any(standing => standing.Sees(watch.Property))
            ? Violation("P1", "a value came to who had no right to it since it was written", watch, owner, told)
            : null;
    }

    /// <summary>When each value was first on its way to the server.</summary>
    private static Dictionary<(string Property, string Value), long> Written(History owner)
    {
        Dictionary<(string, string), long> first = [];
        foreach (var sitting in owner.Sittings)
            first.TryAdd((Properties.Status, sitting.Show), sitting.Asked);
        foreach (var call in owner.Calls.Where(call => call.Verb == "SET"))
        {
            var property = call.Target == $"~/{Properties.EndpointStatus}" ? Properties.Status : call.Target[2..];
            first.TryAdd((property, call["val"] ?? ""), call.Asked);
        }

        return first;
    }

    private static Violation Violation(string rule, string what, Watch watch, History owner, Told told) => new(
        rule, what, new Excerpt().Add(watch.Watcher.Owner, watch.Asked).Add(watch.Watcher.Owner, told)
            .Add(owner.Owner, owner.Calls.FirstOrDefault(call => call.Verb == "SET" && call["val"] == told["val"]))
            .AddDecisions(owner, watch.Watcher.Owner, told.At).Lines);
}
