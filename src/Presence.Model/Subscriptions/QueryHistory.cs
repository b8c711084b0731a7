using System.Collections.Immutable;

namespace Presence.Model.Subscriptions;

/// <summary>How often one principal has asked.</summary>
/// <param name="Who">Wire form of the principal: an address or <c>anon</c>.</param>
/// <param name="Count">Queries in the time that is kept.</param>
/// <param name="Denied">How many of them were refused.</param>
/// <param name="Last">When the last one came.</param>
public sealed record QueryEntry(string Who, long Count, long Denied, DateTimeOffset Last);

/// <summary>Bounds of the query history.</summary>
/// <param name="MaxEntries">Principals that are kept, 0–100 000, default 1 000; 0 keeps nothing. The one that asked longest ago goes first.</param>
/// <param name="Retention">For how long, 1 min–10 years, default 30 days.</param>
/// <param name="CountsOnly">True to keep no names: all askers are counted under <c>*</c>.</param>
public sealed record QueryLimits(int MaxEntries, TimeSpan Retention, bool CountsOnly)
{
    public static readonly QueryLimits Default = new(1000, TimeSpan.FromDays(30), CountsOnly: false);
}

/// <summary>Who has asked about a node (docs/protocol/subscriptions.md; decision 0012): a bounded value.</summary>
public sealed record QueryHistory(ImmutableDictionary<string, QueryEntry> ByWho)
{
    private const string Anybody = "*";

    public static readonly QueryHistory Empty =
        new(ImmutableDictionary<string, QueryEntry>.Empty.WithComparers(StringComparer.Ordinal));

    public static QueryHistory Of(IEnumerable<QueryEntry> entries) =>
        new(Empty.ByWho.AddRange(entries.Select(entry => KeyValuePair.Create(entry.Who, entry))));

    public QueryHistory With(string who, bool isDenied, DateTimeOffset now, QueryLimits limits)
    {
        if (limits.MaxEntries == 0)
            return Empty;
        var key = limits.CountsOnly ? Anybody : who;
        var before = ByWho.GetValueOrDefault(key) is { } entry && now - entry.Last <= limits.Retention
            ? entry
            : new QueryEntry(key, 0, 0, now);
        var next = ByWho.SetItem(key, before with
        {
            Count = before.Count + 1, Denied = before.Denied + (isDenied ? 1 : 0), Last = now,
        });
        return new QueryHistory(
            next.Count <= limits.MaxEntries ? next : next.Remove(next.Values.MinBy(e => e.Last)!.Who));
    }

    /// <summary>What is kept still, the latest first.</summary>
    public IEnumerable<QueryEntry> Current(DateTimeOffset now, QueryLimits limits) =>
        ByWho.Values.Where(e => now - e.Last <= limits.Retention).OrderByDescending(e => e.Last).ThenBy(e => e.Who, StringComparer.Ordinal);
}
