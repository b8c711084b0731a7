using System.Collections.Immutable;
using Presence.Contracts.Routes;
using Presence.Contracts.Subscriptions;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Subscriptions;

/// <summary>What a watcher is told when his subscription changes.</summary>
internal static class SubscriptionNotices
{
    /// <summary>Notices in one batch at most.</summary>
    private const int MaxTogether = 64;

    /// <summary>A batch with values of so many octets gets no further notice: a stream carries a mebibyte in one piece.</summary>
    private const int ManyOctets = 64 * 1024;

    /// <summary>Null if he must not know of it.</summary>
    public static SubscriptionNotice? Of(Subscription before, SubscriptionRuling ruling) => ruling.Change switch
    {
        SubscriptionChange.Activate => Notice(before, SubscriptionEvent.Activated, null, before.Expires, ruling.Values),
        SubscriptionChange.Resume => Notice(before, SubscriptionEvent.Resumed, null, before.Expires, []),
        SubscriptionChange.Silence => Notice(before, SubscriptionEvent.Silenced, null, before.Expires, ruling.Values),
        SubscriptionChange.Reject => Ending(before, "rejected"),
        SubscriptionChange.Deactivate => Ending(before, "deactivated"),
        _ => null,
    };

    public static SubscriptionNotice Ending(Subscription entry, string why) =>
        Notice(entry, SubscriptionEvent.Terminated, why, null, []);

    /// <summary>In their order, as many as one batch may hold.</summary>
    public static IEnumerable<ImmutableArray<SubscriptionNotice>> Together(IEnumerable<SubscriptionNotice> notices)
    {
        List<SubscriptionNotice> some = [];
        var octets = 0;
        foreach (var notice in notices)
        {
            some.Add(notice);
            octets += notice.Values.Sum(value => value.Now?.Value.Size ?? 0);
            if (some.Count < MaxTogether && octets < ManyOctets)
                continue;
            yield return [.. some];
            some.Clear();
            octets = 0;
        }

        if (some.Count > 0)
            yield return [.. some];
    }

    private static SubscriptionNotice Notice(
        Subscription entry, SubscriptionEvent @event, string? why, DateTimeOffset? expires,
        ImmutableArray<PropertyDelta> values) => new(entry.Watcher, entry.Id, entry.Path, @event, why, expires, values);
}
