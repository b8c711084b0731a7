using System.Collections.Immutable;
using Presence.Model.Addresses;

namespace Presence.Model.Subscriptions;

/// <summary>
/// All subscriptions to one node, by watcher: an immutable value with the rules of their life. A watcher has few
/// subscriptions to one node, so each look-up costs the same however many watchers there are.
/// </summary>
public sealed record SubscriptionBook(ImmutableDictionary<Address, ImmutableArray<Subscription>> ByWatcher)
{
    public static readonly SubscriptionBook Empty = new(ImmutableDictionary<Address, ImmutableArray<Subscription>>.Empty);

    public IEnumerable<Subscription> All => ByWatcher.Values.SelectMany(entries => entries);

    /// <summary>When the next subscription ends, or null. Looks at all of them.</summary>
    public DateTimeOffset? NextExpiry => ByWatcher.IsEmpty ? null : All.Min(s => s.Expires);

    public static SubscriptionBook Of(IEnumerable<Subscription> entries) =>
        new(entries.GroupBy(s => s.Watcher).ToImmutableDictionary(g => g.Key, g => g.ToImmutableArray()));

    public ImmutableArray<Subscription> Of(Address watcher) => ByWatcher.GetValueOrDefault(watcher, []);

    public Subscription? Find(Address watcher, string id) => Of(watcher).FirstOrDefault(s => s.Id == id);

    /// <summary>
    /// Adds a subscription, or refreshes the one with the same watcher and id. A refresh keeps the start; a polite denial
    /// stays in force through it, and for further subscriptions of the same watcher.
    /// </summary>
    public (SubscriptionBook Book, Subscription Entry) Put(Subscription asked)
    {
        var entry = Find(asked.Watcher, asked.Id) switch
        {
            null when Of(asked.Watcher).Any(s => s.State == SubscriptionState.Denied) =>
                asked with { State = SubscriptionState.Denied },
            null => asked,
            { State: SubscriptionState.Denied } before => before with { Expires = asked.Expires, Path = asked.Path },
            var before => asked with { Since = before.Since },
        };
        return (Remove(entry).Set(entry.Watcher, [.. Remove(entry).Of(entry.Watcher), entry]), entry);
    }

    public SubscriptionBook Remove(Subscription entry) =>
        Set(entry.Watcher, Of(entry.Watcher).RemoveAll(s => s.Id == entry.Id));

    public SubscriptionBook RemoveAll(IEnumerable<Subscription> entries) =>
        entries.Aggregate(this, (book, entry) => book.Remove(entry));

    /// <summary>Moves the watcher's subscriptions to a new state and gives those that moved.</summary>
    public (SubscriptionBook Book, ImmutableArray<Subscription> Moved) Move(
        Address watcher, Func<Subscription, bool> which, Func<Subscription, Subscription> how)
    {
        var all = Of(watcher);
        var moved = all.Where(which).Select(how).ToImmutableArray();
        return (Set(watcher, [.. all.Where(s => !which(s)), .. moved]), moved);
    }

    /// <summary>Takes out what has run out and gives it.</summary>
    public (SubscriptionBook Book, ImmutableArray<Subscription> Ended) EndExpired(DateTimeOffset now)
    {
        var ended = All.Where(s => s.Expires <= now).ToImmutableArray();
        return (RemoveAll(ended), ended);
    }

    private SubscriptionBook Set(Address watcher, ImmutableArray<Subscription> entries) =>
        new(entries.IsEmpty ? ByWatcher.Remove(watcher) : ByWatcher.SetItem(watcher, entries));
}
