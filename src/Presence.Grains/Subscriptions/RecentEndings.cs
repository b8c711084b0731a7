using Presence.Contracts.Subscriptions;
using Presence.Model.Addresses;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Subscriptions;

/// <summary>
/// Why subscriptions have ended lately, for gateways that ask what has become of one before they have heard it. In memory, and
/// the oldest makes room.
/// </summary>
internal sealed class RecentEndings
{
    private const int Max = 256;

    private readonly Dictionary<(Address Watcher, string Id), string> _why = [];
    private readonly Queue<(Address Watcher, string Id)> _order = new();

    public void Note(Subscription entry, string why)
    {
        var key = (entry.Watcher, entry.Id);
        if (!_why.ContainsKey(key))
            _order.Enqueue(key);
        _why[key] = why;
        if (_order.Count > Max)
            _why.Remove(_order.Dequeue());
    }

    /// <summary>Those of this watcher that have not begun anew.</summary>
    public IEnumerable<EndedSubscription> Of(Address watcher, SubscriptionBook book) =>
        from ended in _why
        where ended.Key.Watcher.Equals(watcher) && book.Find(watcher, ended.Key.Id) is null
        select new EndedSubscription(ended.Key.Id, ended.Value);
}
