using Presence.Soak.Histories;

namespace Presence.Soak.Checking;

/// <summary>E1 to E5: numbers of events, versions, answers, frames (docs/protocol/sessions.md, framing.md).</summary>
internal static class EventRules
{
    public static IEnumerable<Violation> Check(Evidence evidence) =>
        evidence.Histories.SelectMany(history => (IEnumerable<Violation>)[.. Numbers(history), .. Versions(history), .. Answers(history), .. Frames(history)]);

    private static IEnumerable<Violation> Numbers(History history)
    {
        foreach (var sitting in history.Events.GroupBy(told => told.Sitting))
        {
            var last = 0L;
            Told? before = null;
            foreach (var told in sitting)
            {
                if (told.Number <= last)
                    yield return Violation("E1", "an event number came twice, or went back", history, before, told);
                else if (told.Prev > last)
                    yield return Violation("E2", $"an event is missing: after #{last} came one whose prev is {told.Prev}", history, before, told);
                last = Math.Max(last, told.Number);
                before = told;
            }
        }
    }

    private static IEnumerable<Violation> Versions(History history)
    {
        var values = history.Events.Where(told => told.Verb == "NOTIFY" && told["ver"] is not null);
        foreach (var subscription in values.GroupBy(told => (told.Sitting, told["id"], told.Target)))
        {
            Told? before = null;
            foreach (var told in subscription)
            {
                if (before is not null && long.Parse(told["ver"]!) < long.Parse(before["ver"]!))
                    yield return Violation("E3", "a NOTIFY carries a lower version than one before", history, before, told);
                before = told;
            }
        }
    }

    private static IEnumerable<Violation> Answers(History history)
    {
        foreach (var call in history.Calls)
        {
            if (call.Reply is null && call.Sitting == history.Last?.Number)
                yield return new Violation("E4", "a request of a session that lives has no answer",
                    new Excerpt().Add(history.Owner, call).Lines, MayCome: true);
            if (call.Reply?.Code is 500 or 400 or 501)
                yield return new Violation("E4", $"a good request was answered {call.Reply.Code}", new Excerpt().Add(history.Owner, call).Lines);
        }
    }

    private static IEnumerable<Violation> Frames(History history) =>
        history.Garbage.Select(what => new Violation("E5", "the server sent what is no frame", [$"{history.Owner} < {what}"]));

    private static Violation Violation(string rule, string what, History history, Told? before, Told told) => new(
        rule, what, new Excerpt().Add(history.Owner, before is null ? [told] : [before, told])
            .AddSittings(history, before?.At ?? told.At, told.At).Lines);
}
