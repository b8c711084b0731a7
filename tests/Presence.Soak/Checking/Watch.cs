using Presence.Soak.Histories;

namespace Presence.Soak.Checking;

/// <summary>A subscription as its watcher saw it.</summary>
/// <param name="Asked">The SUB.</param>
/// <param name="State">The last state told, null if none was.</param>
/// <param name="IsClear">False if an answer that would change the state is not known.</param>
/// <param name="Values">The NOTIFYs with a value, in the order they came.</param>
internal sealed record Watch(History Watcher, Call Asked, string? State, bool IsClear, IReadOnlyList<Told> Values)
{
    public string Target => Asked.Target[..Asked.Target.IndexOf('/', StringComparison.Ordinal)];

    public string Property => Asked.Target[(Asked.Target.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public string Id => Asked["id"]!;

    /// <summary>The last one by version; of equal ones the one that came last.</summary>
    public Told? Value => Values.OrderBy(told => long.Parse(told["ver"] ?? "0")).LastOrDefault();

    public static IEnumerable<Watch> Of(History watcher)
    {
        var notices = watcher.Events.Where(told => told.Verb == "NOTIFY").ToLookup(told => told["id"]);
        var ends = watcher.Calls.Where(call => call.Verb == "UNSUB").ToLookup(call => call.Target);
        foreach (var asked in watcher.Calls.Where(call => call.Verb == "SUB"))
        {
            var told = notices[asked["id"]].ToList();
            var unsub = ends[asked["id"]!].FirstOrDefault();
            var isClear = asked.Reply is not null && (unsub is null || unsub.Reply is not null);
            yield return new Watch(watcher, asked, StateOf(asked, unsub, told), isClear, [.. told.Where(one => one["val"] is not null)]);
        }
    }

    private static string? StateOf(Call asked, Call? unsub, List<Told> told)
    {
        if (unsub?.Reply?.IsDone == true)
            return "terminated";
        // A value comes to who is active; a notice of the state may have gone with a session that died.
        var last = told.LastOrDefault(one => one["state"] is not null || one["val"] is not null);
        if (last is not null)
            return last["state"] ?? "active";
        return asked.Reply?.IsDone == true ? asked.Reply["state"] : null;
    }
}
