using Orleans.Storage;
using Presence.Contracts.Accounts;
using Presence.Model.Addresses;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Subscriptions;

/// <summary>
/// Keeps the watchers of one node: few in one record, many on pages by their address, so that one more watcher costs the
/// writing of one page and not of a hundred thousand entries (decision 0084). The record says how many pages there are; they are made
/// anew, beside the old ones, when they get too full.
/// </summary>
internal sealed class WatcherStore(
    IPersistentState<SubscriptionRecord> record, IGrainStorage storage, GrainId grain)
{
    /// <summary>Watchers of a page before there are more pages: about 60 KB as JSON.</summary>
    public const int Full = 512;

    private const int FirstPages = 4;
    private const int Growth = 4;
    private const int AtOnce = 16;

    private GrainState<SubscriptionPage>[] _pages = [];
    private HashSet<Address>[] _watchers = [];
    private (int Peers, int GaveUp, Subscription? Last) _noted;

    /// <summary>How many pages there are; 0 while one record is enough.</summary>
    public int Pages => _pages.Length;

    public async Task<SubscriptionBook> Load()
    {
        _pages = await Read(record.State.Generation, record.State.Pages);
        var book = SubscriptionBook.Of(
            record.State.Entries.Concat(_pages.SelectMany(page => page.State!.Entries)).Select(entry => entry.ToSubscription()));
        Forget(_pages);
        _watchers = Spread(book, _pages.Length);
        Note(book);
        return book;
    }

    /// <param name="book">All subscriptions.</param>
    /// <param name="touched">Whose have changed since the last time.</param>
    public async Task Store(SubscriptionBook book, IEnumerable<Address> touched)
    {
        var wanted = Wanted(book.ByWatcher.Count);
        if (wanted > _pages.Length)
            await Split(book, wanted);
        else if (_pages.Length == 0)
            await WriteRecord(SubscriptionRecord.Of(book, record.State, [.. touched.Distinct()]), book);
        else
            await WritePages(book, touched);
    }

    public async Task Clear()
    {
        // A cleared record knows no generation any more.
        var (pages, generation) = (_pages, record.State.Generation);
        await record.ClearStateAsync();
        (_pages, _watchers) = ([], []);
        await Clear(pages, generation);
    }

    private int Wanted(int watchers)
    {
        var pages = _pages.Length;
        while (pages < DirectoryBuckets.Count && watchers > Math.Max(1, pages) * Full)
            pages = pages == 0 ? FirstPages : pages * Growth;
        return pages;
    }

    private async Task WritePages(SubscriptionBook book, IEnumerable<Address> touched)
    {
        var changed = touched.Distinct().ToLookup(watcher => PageOf(watcher, _pages.Length));
        foreach (var page in changed)
        {
            _watchers[page.Key].UnionWith(page);
            await Write(_pages, _watchers, page.Key, record.State.Generation, book);

            // Who is no more is passed over by what was written, and only now taken out: a write that fails has changed nothing.
            _watchers[page.Key].ExceptWith(page.Where(watcher => book.Of(watcher).IsEmpty));
        }

        if (_noted != Noted(book))
            await WriteRecord(SubscriptionRecord.OfPaged(book, record.State, _pages.Length, record.State.Generation), book);
    }

    /// <summary>The new pages first, then the record that names them: until then the old ones are what is true.</summary>
    private async Task Split(SubscriptionBook book, int count)
    {
        var (before, generation) = (_pages, record.State.Generation);

        // Read first: a split that was broken off may have left pages there.
        var pages = await Read(generation + 1, count);
        var watchers = Spread(book, count);
        await Each(count, page => Write(pages, watchers, page, generation + 1, book));
        await WriteRecord(SubscriptionRecord.OfPaged(book, record.State, count, generation + 1), book);
        (_pages, _watchers) = (pages, watchers);
        await Clear(before, generation);
    }

    private async Task Write(
        GrainState<SubscriptionPage>[] pages, HashSet<Address>[] watchers, int page, int generation, SubscriptionBook book)
    {
        pages[page].State = new SubscriptionPage
        {
            Entries =
            [
                .. watchers[page].SelectMany(watcher => book.Of(watcher))
                    .Where(s => !s.IsSessionBound).Select(SubscriptionRecord.Entry.Of),
            ],
        };
        await storage.WriteStateAsync(NameOf(page, generation), grain, pages[page]);
        Forget([pages[page]]);
    }

    private async Task WriteRecord(SubscriptionRecord next, SubscriptionBook book)
    {
        await record.Write(next);
        Note(book);
    }

    private async Task<GrainState<SubscriptionPage>[]> Read(int generation, int count)
    {
        var pages = Enumerable.Range(0, count).Select(_ => new GrainState<SubscriptionPage>(new SubscriptionPage())).ToArray();
        await Each(count, page => storage.ReadStateAsync(NameOf(page, generation), grain, pages[page]));
        return pages;
    }

    private static async Task Each(int count, Func<int, Task> step)
    {
        foreach (var some in Enumerable.Range(0, count).Chunk(AtOnce))
            await Task.WhenAll(some.Select(step));
    }

    private async Task Clear(GrainState<SubscriptionPage>[] pages, int generation)
    {
        for (var page = 0; page < pages.Length; page++)
            await storage.ClearStateAsync(NameOf(page, generation), grain, pages[page]);
    }

    /// <summary>Only their ETags are kept: what stands on them is in the book.</summary>
    private static void Forget(GrainState<SubscriptionPage>[] pages)
    {
        foreach (var page in pages)
            page.State = new SubscriptionPage();
    }

    private static HashSet<Address>[] Spread(SubscriptionBook book, int count)
    {
        var pages = Enumerable.Range(0, count).Select(_ => new HashSet<Address>()).ToArray();
        if (count > 0)
        {
            foreach (var watcher in book.ByWatcher.Keys)
                pages[PageOf(watcher, count)].Add(watcher);
        }

        return pages;
    }

    private static int PageOf(Address watcher, int count) => DirectoryBuckets.Of(watcher) % count;

    /// <summary>Two names for each page in turns, so that what a broken split leaves is written over by the next.</summary>
    private static string NameOf(int page, int generation) => $"watchers-{generation % 2}-{page}";

    private void Note(SubscriptionBook book) => _noted = Noted(book);

    /// <summary>What stands in the record beside the pages.</summary>
    private (int Peers, int GaveUp, Subscription? Last) Noted(SubscriptionBook book) =>
        (record.State.Peers.Count, book.GaveUp.Length, book.GaveUp.LastOrDefault());
}
