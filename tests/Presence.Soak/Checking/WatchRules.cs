using Presence.Soak.Histories;

namespace Presence.Soak.Checking;

/// <summary>W1 to W4: what watchers must know when everything is quiet (docs/protocol/subscriptions.md).</summary>
internal static class WatchRules
{
    public static IEnumerable<Violation> Check(Evidence evidence)
    {
        foreach (var watch in evidence.Histories.SelectMany(Watch.Of))
        {
            if (watch.IsClear && evidence.Of(watch.Target) is { } owner && Of(evidence, watch, owner) is { } violation)
                yield return violation;
        }
    }

    private static Violation? Of(Evidence evidence, Watch watch, History owner)
    {
        if (watch.Watcher.Last is null || Final(owner, watch.Property) is not { } final)
            return null;
        var written = watch.Property == Properties.Status ? $"~/{Properties.EndpointStatus}" : $"~/{watch.Property}";
        var change = owner.Calls.LastOrDefault(call => call.Verb == "SET" && call.Target == written);
        if (change?.Reply?.IsDone != true || change.Asked < watch.Asked.Over)
            return null;
        var timeline = evidence.Between(owner, watch.Watcher.Owner);
        if (timeline.IsCertain(change.Asked, long.MaxValue, standing => standing.Sees(watch.Property)))
            return Allowed(watch, owner, final);
        var isShutOut = timeline.IsCertain(change.Asked, long.MaxValue, s => s is { Granted: true, Block: Block.Polite });
        if (isShutOut && watch is { State: "active", Property: Properties.Status, Value: { } value } && value["val"] != "offline")
            return Violation("W3", "who is blocked politely still sees a status", watch, owner, final);
        var isRefused = timeline.IsCertain(change.Asked, long.MaxValue, standing => standing.Block == Block.Explicit);
        return isRefused && watch.State == "active"
            ? Violation("W4", "who is blocked explicitly was not told", watch, owner, final)
            : null;
    }

    private static Violation? Allowed(Watch watch, History owner, Call final) => watch.State switch
    {
        "pending" => Violation("W2", "a watcher with the right still waits", watch, owner, final),
        "active" when watch.Value is not { } value || value["val"] != final.Reply!["val"] =>
            Violation("W1", "a watcher ends with a wrong value", watch, owner, final),
        _ => null,
    };

    /// <summary>The owner's last look at the own property.</summary>
    private static Call? Final(History owner, string property) =>
        owner.Calls.LastOrDefault(call => call.Verb == "GET" && call.Target == $"~/{property}" && call.Reply?.IsDone == true);

    private static Violation Violation(string rule, string what, Watch watch, History owner, Call final) => new(
        rule, what, new Excerpt().Add(watch.Watcher.Owner, watch.Asked).Add(owner.Owner, final)
            .Add(watch.Watcher.Owner, watch.Watcher.Events.Where(told => told["id"] == watch.Id && told.Verb == "NOTIFY").TakeLast(4))
            .AddSittings(watch.Watcher, final.Asked - TimeSpan.TicksPerMinute, final.Over)
            .AddDecisions(owner, watch.Watcher.Owner, long.MaxValue).Lines, MayCome: true);
}
