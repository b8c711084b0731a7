using Presence.Model.Addresses;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Subscriptions;

/// <summary>Stored form of the watchers of one node. Names are short: there is one entry per watcher.</summary>
[GenerateSerializer, Alias("presence.s.subscriptions")]
internal sealed class SubscriptionRecord : IGrowingState<SubscriptionRecord>
{
    [NonSerialized] private SubscriptionRecord? _gained;

    [NonSerialized] private int _room;

    [Id(0)] public List<Entry> Entries { get; set; } = [];

    /// <summary>Domains with watchers, which are reached without being asked for a route.</summary>
    [Id(1)] public List<string> Peers { get; set; } = [];

    /// <summary>What the names of views are made of; null while no domain needs any.</summary>
    [Id(2)] public string? ViewSeed { get; set; }

    /// <summary>How many <see cref="SubscriptionPage"/>s hold the watchers; 0 if they stand here.</summary>
    [Id(3)] public int Pages { get; set; }

    /// <summary>Which pages: it grows each time that they are made anew.</summary>
    [Id(4)] public int Generation { get; set; }

    /// <summary>
    /// All that stands in one record. The entries of whom <paramref name="touched"/> does not name are taken over from
    /// <paramref name="former"/>, which must be what was stored last.
    /// </summary>
    public static SubscriptionRecord Of(
        SubscriptionBook book, SubscriptionRecord former, IReadOnlyCollection<Address> touched)
    {
        List<Entry> gained = [.. touched.SelectMany(watcher => book.Of(watcher)).Where(s => !s.IsSessionBound).Select(Entry.Of)];
        var names = touched.Select(watcher => watcher.ToString()).ToHashSet(StringComparer.Ordinal);
        // Mostly it is one, and to compare is less than to hash the name of everybody.
        var only = names.Count == 1 ? names.Single() : null;
        List<Entry> entries = new(former.Entries.Count + gained.Count + book.GaveUp.Length);

        // What is left out is not gained, unless others come in its place.
        var isGrown = book.GaveUp.IsEmpty && former.Peers.Count == 0
            && names.IsSubsetOf(gained.Select(entry => entry.Who));
        foreach (var entry in former.Entries)
        {
            if (entry.State == SubscriptionState.Waiting)
                isGrown = false;
            else if (only is not null ? entry.Who != only : !names.Contains(entry.Who))
                entries.Add(entry);
        }

        entries.AddRange(gained);
        entries.AddRange(book.GaveUp.Select(Entry.Of));
        return new()
        {
            Peers = former.Peers,
            ViewSeed = former.ViewSeed,
            Generation = former.Generation,
            Entries = entries,
            _room = former._room,
            _gained = isGrown && former._room > 0 ? new SubscriptionRecord { Entries = gained } : null,
        };
    }

    SubscriptionRecord? IGrowingState<SubscriptionRecord>.Gained => _gained;

    int IGrowingState<SubscriptionRecord>.Room
    {
        get => _room;
        set => (_room, _gained) = (value, null);
    }

    /// <summary>Takes these entries, in place of all that the same watchers had.</summary>
    public void Add(SubscriptionRecord gained)
    {
        Entries.RemoveAll(entry => gained.Entries.Exists(other => other.Who == entry.Who));
        Entries.AddRange(gained.Entries);
    }

    /// <summary>What stands beside the pages.</summary>
    public static SubscriptionRecord OfPaged(SubscriptionBook book, SubscriptionRecord former, int pages, int generation) => new()
    {
        Peers = former.Peers,
        ViewSeed = former.ViewSeed,
        Pages = pages,
        Generation = generation,
        Entries = [.. book.GaveUp.Select(Entry.Of)],
    };

    [GenerateSerializer, Alias("presence.s.subscriptions.entry")]
    internal sealed class Entry
    {
        [Id(0)] public string Who { get; set; } = "";

        [Id(1)] public string Id { get; set; } = "";

        [Id(2)] public string Path { get; set; } = "";

        [Id(3)] public SubscriptionState State { get; set; }

        [Id(4)] public SubscriptionState Seen { get; set; }

        [Id(5)] public long Since { get; set; }

        [Id(6)] public long Until { get; set; }

        [Id(7)] public string? Passphrase { get; set; }

        public static Entry Of(Subscription s) => new()
        {
            Who = s.Watcher.ToString(),
            Id = s.Id,
            Path = s.Path.ToString(),
            State = s.State,
            Seen = s.SeenAs,
            Since = s.Since.ToUnixTimeMilliseconds(),
            Until = StoredTime.InWholeSeconds(s.Expires),
            Passphrase = s.Passphrase,
        };

        public Subscription ToSubscription() => new(
            StoredText.Address(Who),
            Id,
            StoredText.Path(Path),
            State,
            DateTimeOffset.FromUnixTimeMilliseconds(Since),
            DateTimeOffset.FromUnixTimeMilliseconds(Until),
            IsSessionBound: false,
            Seen,
            Passphrase);
    }
}
