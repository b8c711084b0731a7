namespace Presence.Soak.Checking;

/// <summary>M1 to M5: what may arrive, how often and in which order (docs/protocol/messages.md).</summary>
internal static class MessageRules
{
    public static IEnumerable<Violation> Check(Evidence evidence) =>
        [.. Twice(evidence), .. NeverSent(evidence), .. Order(evidence), .. AfterLeaving(evidence)];

    private static IEnumerable<Violation> Twice(Evidence evidence) => evidence.Arrived
        .GroupBy(arrived => (arrived.At.Owner, arrived.Told.Sitting, arrived.From, arrived.Mid, arrived.To))
        .Where(same => same.Count() > 1)
        .Select(same => new Violation("M1", "a message came twice to one session", new Excerpt()
            .Add(same.Key.Owner, same.Select(arrived => arrived.Told))
            .AddSittings(evidence.Of(same.Key.Owner), same.First().Told.At, same.Last().Told.At).Lines));

    private static IEnumerable<Violation> NeverSent(Evidence evidence)
    {
        var sent = evidence.Sent.ToLookup(sent => (sent.From, sent.Mid, sent.To));
        foreach (var arrived in evidence.Arrived)
        {
            var match = sent[(arrived.From, arrived.Mid, arrived.To)].FirstOrDefault();
            if (match is null || match.Call.Asked > arrived.Told.At || match.Call.Body != arrived.Told.Body)
                yield return new Violation("M2", "a message came that nobody had sent so", Both(arrived, match));
            else if (match.IsRefused)
                yield return new Violation("M3", $"a message came whose sender was told {match.Code}", Both(arrived, match));
        }
    }

    private static IReadOnlyList<string> Both(Arrived arrived, Sent? sent) =>
        new Excerpt().Add(arrived.At.Owner, arrived.Told).Add(arrived.From, sent?.Call).Lines;

    /// <summary>
    /// Requests of one session to the same node are carried out in their order. What was sent before the recipient's session
    /// was bound may have waited for another endpoint, and come later.
    /// </summary>
    private static IEnumerable<Violation> Order(Evidence evidence)
    {
        var sent = evidence.Sent.Where(sent => !sent.IsListed).ToLookup(sent => (sent.From, sent.Mid, sent.To));
        foreach (var stream in evidence.Arrived.GroupBy(arrived => (arrived.At.Owner, arrived.Told.Sitting, arrived.From, arrived.To)))
        {
            Dictionary<int, (long Tag, Arrived Arrived)> last = [];
            foreach (var arrived in stream)
            {
                var call = sent[(arrived.From, arrived.Mid, arrived.To)].FirstOrDefault()?.Call;
                if (call is null || call.Asked < arrived.At.SittingOf(arrived.Told.Sitting)?.Bound)
                    continue;
                if (last.TryGetValue(call.Sitting, out var before) && before.Tag > call.Tag)
                    yield return Swapped(evidence, before.Arrived, arrived, sent);
                else
                    last[call.Sitting] = (call.Tag, arrived);
            }
        }
    }

    private static Violation Swapped(
        Evidence evidence, Arrived first, Arrived second, ILookup<(string, string, string), Sent> sent) => new(
        "M4", "messages of one sender came in another order than they were sent",
        new Excerpt().Add(first.At.Owner, first.Told, second.Told)
            .Add(first.From, sent[(first.From, first.Mid, first.To)].First().Call)
            .Add(first.From, sent[(second.From, second.Mid, second.To)].First().Call)
            .AddSittings(first.At, first.Told.At, second.Told.At)
            .AddDecisions(evidence.Of(first.At.Owner)!, first.From, second.Told.At).Lines);

    /// <summary>LEAVE stops delivery at once, for queued copies too.</summary>
    private static IEnumerable<Violation> AfterLeaving(Evidence evidence)
    {
        foreach (var history in evidence.Histories)
        {
            foreach (var leave in history.Calls.Where(call => call.Verb == "LEAVE" && call.Reply?.IsDone == true))
            {
                var back = history.Calls.Where(call => call.Verb == "JOIN" && call.Target == leave.Target && call.Over > leave.Asked)
                    .Select(call => call.Asked).DefaultIfEmpty(long.MaxValue).Min();
                var late = history.Events.FirstOrDefault(told => told.Verb == "MSG" && told.Target == leave.Target
                    && told.Sitting == leave.Sitting && told.At > leave.Over && told.At < back);
                if (late is not null)
                    yield return new Violation("M5", "a message of a group came after LEAVE was answered",
                        new Excerpt().Add(history.Owner, leave).Add(history.Owner, late).AddSittings(history, leave.Asked, late.At).Lines);
            }
        }
    }
}
