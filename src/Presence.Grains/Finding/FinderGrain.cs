using System.Collections.Immutable;
using Presence.Contracts.Finding;
using Presence.Model.Addresses;
using Presence.Model.Finding;

namespace Presence.Grains.Finding;

internal sealed class FinderGrain(
    [PersistentState("finder", PresenceGrainsExtensions.StorageName)] IPersistentState<FinderRecord> finder)
    : Grain, IFinderGrain
{
    public async Task Put(Listing listing)
    {
        var entry = new FinderRecord.Entry { Name = listing.Name, Whom = listing.Whom };
        finder.State.Entries[listing.Local] = entry;
        await finder.WriteStateAsync();
    }

    public async Task Remove(string local)
    {
        if (finder.State.Entries.Remove(local))
            await finder.WriteStateAsync();
    }

    public Task<ImmutableArray<Listing>> Find(Address asker, string query, int max)
    {
        ImmutableArray<Listing> found =
        [
            .. finder.State.Entries
                .Select(pair => new Listing(pair.Key, pair.Value.Name, pair.Value.Whom))
                .Where(listing => listing.Matches(query) && listing.Permits(asker))
                .OrderBy(listing => listing.Local, StringComparer.Ordinal)
                .Take(max),
        ];
        return Task.FromResult(found);
    }
}

/// <summary>Stored form of one share.</summary>
[GenerateSerializer, Alias("presence.s.finder")]
internal sealed class FinderRecord
{
    /// <summary>By local part.</summary>
    [Id(0)] public Dictionary<string, Entry> Entries { get; set; } = new(StringComparer.Ordinal);

    [GenerateSerializer, Alias("presence.s.finder.entry")]
    internal sealed class Entry
    {
        [Id(0)] public string? Name { get; set; }

        [Id(1)] public string Whom { get; set; } = "";
    }
}
