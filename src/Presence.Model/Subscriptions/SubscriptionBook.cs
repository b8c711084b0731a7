using System.Collections.Immutable;
using Presence.Model.Addresses;

namespace Presence.Model.Subscriptions;

/// <summary>
/// All subscriptions to one node, by watcher: an immutable value with the rules of their life. A watcher has few
/// subscriptions to one node, so each look-up costs the same however many watchers there are.
/// </summary>
/// <param name="ByWatcher">What stands.</param>
/// <param name="GaveUp">Requests that ended before a decision, the oldest first.</param>
public sealed record SubscriptionBook(
    ImmutableDictionary<Address, ImmutableArray<Subscription>> ByWatcher, ImmutableArray<Subscription> GaveUp)
{
    /// <summary>Requests that gave up and are still shown: the latest 100.</summary>
    public const int MaxGaveUp = 100;

    public static readonly SubscriptionBook Empty =
        new(ImmutableDictionary<Address, ImmutableArray<Subscription>>.Empty, []);

    public IEnumerable<Subscription> All => ByWatcher.Values.SelectMany(entries => entries);

    /// <summary>When the next subscription ends, or null. Looks at all of them.</summary>
    public DateTimeOffset? NextExpiry => ByWatcher.IsEmpty ? null : All.Min(s => s.Expires);

    public static SubscriptionBook Of(IEnumerable<Subscription> entries)
    {
        var all = entries.ToLookup(s => s.State == SubscriptionState.Waiting);
        return new SubscriptionBook(
            all[false].GroupBy(s => s.Watcher).ToImmutableDictionary(g => g.Key, g => g.ToImmutableArray()), [.. all[true]]);
    }

    public ImmutableArray<Subscription> Of(Address watcher) => ByWatcher.GetValueOrDefault(watcher, []);

    public Subscription? Find(Address watcher, string id) => Of(watcher).FirstOrDefault(s => s.Id == id);

    /// <summary>Adds a subscription, or refreshes the one with the same watcher and id; a refresh keeps the start.</summary>
    public (SubscriptionBook Book, Subscription Entry) Put(Subscription asked)
    {
        var (book, put) = PutAll([asked]);
        return (book, put[0].Entry);
    }

    /// <summary>The same for several, one after the other.</summary>
    public (SubscriptionBook Book, ImmutableArray<PutSubscription> Put) PutAll(ImmutableArray<Subscription> asked)
    {
        var all = ByWatcher.ToBuilder();
        var put = ImmutableArray.CreateBuilder<PutSubscription>(asked.Length);
        foreach (var one in asked)
        {
            var others = all.GetValueOrDefault(one.Watcher, []);
            var before = others.FirstOrDefault(s => s.Id == one.Id);
            var entry = before is null ? one : one with { Since = before.Since };
            all[one.Watcher] = (before is null ? others : others.Remove(before)).Add(entry);
            put.Add(new PutSubscription(entry, before));
        }

        var gaveUp = GaveUp.IsEmpty ? GaveUp : GaveUp.RemoveAll(s => asked.Any(one => one.Watcher.Equals(s.Watcher)));
        return (new SubscriptionBook(all.ToImmutable(), gaveUp), put.MoveToImmutable());
    }

    public SubscriptionBook Remove(Subscription entry) =>
        Set(entry.Watcher, Of(entry.Watcher).RemoveAll(s => s.Id == entry.Id));

    public SubscriptionBook RemoveAll(IReadOnlyCollection<Subscription> entries)
    {
        if (entries.Count == 0)
            return this;
        var all = ByWatcher.ToBuilder();
        foreach (var entry in entries)
        {
            var left = all.GetValueOrDefault(entry.Watcher, []).RemoveAll(s => s.Id == entry.Id);
            if (left.IsEmpty)
                all.Remove(entry.Watcher);
            else
                all[entry.Watcher] = left;
        }

        return this with { ByWatcher = all.ToImmutable() };
    }

    /// <summary>The book as if this watcher had never been.</summary>
    public SubscriptionBook Without(Address watcher) =>
        Set(watcher, []) with { GaveUp = GaveUp.RemoveAll(s => s.Watcher.Equals(watcher)) };

    /// <summary>Takes out what ended on the watcher's side; undecided requests stay on record as given up.</summary>
    public SubscriptionBook Retire(IReadOnlyCollection<Subscription> entries)
    {
        var waiting = entries
            .Where(s => s is { State: SubscriptionState.Pending, IsSessionBound: false })
            .Select(s => s with { State = SubscriptionState.Waiting });
        var book = RemoveAll(entries);
        return book with { GaveUp = [.. book.GaveUp.Concat(waiting).TakeLast(MaxGaveUp)] };
    }

    /// <summary>Applies a change to one subscription; gives null for it if there is none such.</summary>
    public (SubscriptionBook Book, Subscription? Before) Apply(Address watcher, string id, SubscriptionChange change)
    {
        if (Find(watcher, id) is not { } entry)
            return (this, null);
        var after = SubscriptionReview.Apply(entry, change);
        var others = Of(watcher).Remove(entry);
        return (Set(watcher, after is null ? others : others.Add(after)), entry);
    }

    /// <summary>What has run out.</summary>
    public ImmutableArray<Subscription> Expired(DateTimeOffset now) => [.. All.Where(s => s.Expires <= now)];

    private SubscriptionBook Set(Address watcher, ImmutableArray<Subscription> entries) =>
        this with { ByWatcher = entries.IsEmpty ? ByWatcher.Remove(watcher) : ByWatcher.SetItem(watcher, entries) };
}
