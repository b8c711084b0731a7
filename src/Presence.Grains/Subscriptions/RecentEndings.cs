using Presence.Contracts.Subscriptions;
using Presence.Model.Addresses;
using Presence.Model.Memory;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Subscriptions;

/// <summary>
/// Why subscriptions have ended lately, for gateways that ask what has become of one before they have heard it. In memory, and
/// the oldest makes room.
/// </summary>
internal sealed class RecentEndings
{
    private const int Most = 256;

    /// <summary>Gateways that missed an ending ask within minutes.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly RecentNotes<(Address Watcher, string Id), string> _why = new(Most, Life);

    public bool AreNone => _why.Count == 0;

    public void Note(Subscription entry, string why, DateTimeOffset now) => _why.Note((entry.Watcher, entry.Id), why, now);

    /// <summary>Those of this watcher that have not begun anew.</summary>
    public IEnumerable<EndedSubscription> Of(Address watcher, SubscriptionBook book, DateTimeOffset now) =>
        from ended in _why.All(now)
        where ended.Key.Watcher.Equals(watcher) && book.Find(watcher, ended.Key.Id) is null
        select new EndedSubscription(ended.Key.Id, ended.Value);
}
