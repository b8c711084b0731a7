using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Users;

/// <summary>
/// Who has asked about this user (decision 0012). Looking costs no write: the history is stored within a minute, so the death of a
/// silo loses that much of it.
/// </summary>
internal sealed class QueryLog(IPersistentState<QueryRecord> record, QueryLimits limits)
{
    private static readonly TimeSpan StoreWithin = TimeSpan.FromMinutes(1);

    /// <summary>An owner is not told of every look of somebody who looks again and again.</summary>
    private static readonly TimeSpan QuietFor = TimeSpan.FromMinutes(10);

    private QueryHistory _history = QueryHistory.Empty;

    /// <summary>When the history must be stored; null if it is.</summary>
    public DateTimeOffset? StoreBy { get; private set; }

    public void Load() => _history = record.State.ToHistory();

    /// <summary>Takes note of one query; true if its asker has not asked for a while.</summary>
    public bool Note(Asker asker, bool isDenied, DateTimeOffset now)
    {
        var who = asker.ToString();
        var isNews = !(now - _history.ByWho.GetValueOrDefault(who)?.Last < QuietFor);
        _history = _history.With(who, isDenied, now, limits);
        StoreBy ??= now + StoreWithin;
        return isNews && limits is { MaxEntries: > 0, CountsOnly: false };
    }

    public IEnumerable<PastQuery> Current(DateTimeOffset now) => _history.Current(now, limits)
        .Select(entry => new PastQuery(entry.Who, entry.Count, entry.Denied, entry.Last));

    public async Task Store()
    {
        if (StoreBy is null)
            return;
        record.State = QueryRecord.Of(_history);
        await record.WriteStateAsync();
        StoreBy = null;
    }

    /// <summary>As if this one had never asked.</summary>
    public async Task Forget(Address who)
    {
        var name = Asker.Of(who).ToString();
        if (!_history.ByWho.ContainsKey(name))
            return;
        _history = new QueryHistory(_history.ByWho.Remove(name));
        StoreBy = DateTimeOffset.MinValue;
        await Store();
    }

    public async Task Clear()
    {
        _history = QueryHistory.Empty;
        StoreBy = null;
        if (record.RecordExists)
            await record.ClearStateAsync();
    }
}

/// <summary>Stored form of the query history.</summary>
[GenerateSerializer, Alias("presence.s.queries")]
internal sealed class QueryRecord
{
    [Id(0)] public List<Entry> Entries { get; set; } = [];

    public static QueryRecord Of(QueryHistory history) => new()
    {
        Entries =
        [
            .. history.ByWho.Values.Select(e => new Entry
            {
                Who = e.Who, Count = e.Count, Denied = e.Denied, Last = e.Last.ToUnixTimeMilliseconds(),
            }),
        ],
    };

    public QueryHistory ToHistory() => QueryHistory.Of(Entries.Select(e =>
        new QueryEntry(e.Who, e.Count, e.Denied, DateTimeOffset.FromUnixTimeMilliseconds(e.Last))));

    [GenerateSerializer, Alias("presence.s.queries.entry")]
    internal sealed class Entry
    {
        [Id(0)] public string Who { get; set; } = "";

        [Id(1)] public long Count { get; set; }

        [Id(2)] public long Denied { get; set; }

        [Id(3)] public long Last { get; set; }
    }
}
