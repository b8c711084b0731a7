using System.Globalization;
using Presence.Grains.Subscriptions;
using Presence.Grains.Tests.Storage;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Tests.Subscriptions;

/// <summary>Many watchers of one node are kept on pages, so that one more does not write all of them again.</summary>
public sealed class WatcherStoreTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly CountingStorage _storage = new();

    [Fact]
    public async Task With_a_hundred_thousand_watchers_one_more_writes_one_page()
    {
        var (store, book) = await Filled(100_000);
        Assert.Equal(256, store.Pages);
        _storage.Written.Clear();

        (book, _) = book.Put(Watching(100_000));
        await store.Store(book, [Watcher(100_000)]);

        var (_, entries) = Assert.Single(_storage.Written);
        Assert.InRange(entries, 1, 2 * WatcherStore.Full);
        Assert.Equal(100_001, (await (await Opened()).Load()).ByWatcher.Count);
    }

    [Fact]
    public async Task Few_watchers_stand_in_one_record()
    {
        var (store, _) = await Filled(WatcherStore.Full);

        Assert.Equal(0, store.Pages);
        Assert.Equal([("subscriptions", WatcherStore.Full)], _storage.Written);
    }

    [Fact]
    public async Task What_grows_over_its_pages_is_spread_anew_and_nothing_is_left_of_the_old_ones()
    {
        var (store, book) = await Filled(WatcherStore.Full + 1);
        Assert.Equal(4, store.Pages);
        for (var i = WatcherStore.Full + 1; i <= 4 * WatcherStore.Full; i++)
        {
            (book, _) = book.Put(Watching(i));
            await store.Store(book, [Watcher(i)]);
        }

        Assert.Equal(16, store.Pages);
        Assert.Equal(17, _storage.Count);
        Assert.Equal(
            book.ByWatcher.Keys.ToHashSet(), (await (await Opened()).Load()).ByWatcher.Keys.ToHashSet());
    }

    [Fact]
    public async Task Who_ends_his_subscription_is_gone_and_who_gave_up_is_remembered()
    {
        var (store, book) = await Filled(1000);
        var waiting = Watching(7) with { State = SubscriptionState.Pending };
        (book, _) = book.Put(waiting);
        await store.Store(book, [waiting.Watcher]);

        book = book.Retire([book.Find(Watcher(5), "w")!, waiting]);
        await store.Store(book, [Watcher(5), waiting.Watcher]);

        var read = await (await Opened()).Load();
        Assert.Equal(998, read.ByWatcher.Count);
        Assert.Equal(waiting.Watcher, Assert.Single(read.GaveUp).Watcher);
    }

    [Fact]
    public async Task A_split_that_breaks_off_leaves_what_was_stored_and_is_done_the_next_time()
    {
        var (store, before) = await Filled(4 * WatcherStore.Full);
        var (book, _) = before.Put(Watching(9999));
        _storage.FailsAfter = 9;
        await Assert.ThrowsAsync<IOException>(() => store.Store(book, [Watcher(9999)]));
        Assert.Equal(before.ByWatcher.Count, (await (await Opened()).Load()).ByWatcher.Count);

        await store.Store(book, [Watcher(9999)]);

        Assert.Equal(16, store.Pages);
        Assert.Equal(before.ByWatcher.Count + 1, (await (await Opened()).Load()).ByWatcher.Count);
    }

    [Fact]
    public async Task A_write_that_fails_is_made_good_by_the_next_one()
    {
        var (store, book) = await Filled(1000);
        _storage.FailsAfter = 0;
        await Assert.ThrowsAsync<IOException>(() => store.Store(book.Without(Watcher(3)), [Watcher(3)]));

        await store.Store(book, [Watcher(3)]);

        Assert.Equal(1000, (await (await Opened()).Load()).ByWatcher.Count);
    }

    [Fact]
    public async Task A_record_holds_nothing_of_a_write_that_failed()
    {
        var (store, book) = await Filled(3);
        var (failed, _) = book.Put(Watching(7));
        _storage.FailsAfter = 0;
        await Assert.ThrowsAsync<IOException>(() => store.Store(failed, [Watcher(7)]));

        var (next, _) = book.Without(Watcher(1)).Put(Watching(8));
        await store.Store(next, [Watcher(1), Watcher(8), Watcher(8)]);

        var read = await (await Opened()).Load();
        Assert.Equal(new[] { Watcher(0), Watcher(2), Watcher(8) }.ToHashSet(), read.ByWatcher.Keys.ToHashSet());
        Assert.Equal(3, read.All.Count());
    }

    [Fact]
    public async Task Nothing_is_left_of_a_node_that_is_removed()
    {
        var (store, _) = await Filled(1000);

        await store.Clear();

        Assert.Equal(0, _storage.Count);
    }

    private static Address Watcher(int i) => Address.Parse(string.Create(CultureInfo.InvariantCulture, $"user{i}@b.example"));

    private static Subscription Watching(int i) => new(
        Watcher(i), "w", StandardPaths.Status, SubscriptionState.Active, Now, Now + TimeSpan.FromDays(1), IsSessionBound: false,
        SubscriptionState.Active);

    private async Task<(WatcherStore Store, SubscriptionBook Book)> Filled(int watchers)
    {
        var store = await Opened();
        var book = await store.Load();
        Assert.Empty(book.ByWatcher);
        book = SubscriptionBook.Of(Enumerable.Range(0, watchers).Select(Watching));
        await store.Store(book, book.ByWatcher.Keys);
        return (store, book);
    }

    private async Task<WatcherStore> Opened()
    {
        var record = new StoredRecord<SubscriptionRecord>(_storage, "subscriptions");
        await record.ReadStateAsync();
        return new WatcherStore(record, _storage, default);
    }
}
