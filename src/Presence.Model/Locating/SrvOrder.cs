namespace Presence.Model.Locating;

/// <summary>
/// In which order the servers of a domain are tried: by priority, and within one priority at random by weight
/// (docs/protocol/federation.md, "Weight selection"; RFC 2782).
/// </summary>
public static class SrvOrder
{
    /// <summary>More are not looked at.</summary>
    public const int MaxRecords = 32;

    /// <summary>True if the domain says that it has no such service: <c>502 no-service</c>.</summary>
    public static bool IsRefused(IReadOnlyList<SrvRecord> records) =>
        records is { Count: 1 } && records[0].IsNoService;

    /// <param name="records">As the DNS answers, in any order.</param>
    /// <param name="draw">A uniform integer from 0 to the argument, both included.</param>
    public static IReadOnlyList<SrvRecord> Of(IEnumerable<SrvRecord> records, Func<int, int> draw) =>
    [
        .. records.Where(record => !record.IsNoService).Take(MaxRecords)
            .GroupBy(record => record.Priority).OrderBy(group => group.Key)
            .SelectMany(group => ByWeight([.. group], draw)),
    ];

    private static IEnumerable<SrvRecord> ByWeight(SrvRecord[] group, Func<int, int> draw)
    {
        var left = Shuffled([.. group.Where(record => record.Weight == 0)], draw);
        left.AddRange(group.Where(record => record.Weight > 0));
        while (left.Count > 0)
        {
            var drawn = draw(left.Sum(record => record.Weight));
            var sum = 0;
            var chosen = left.FindIndex(record => (sum += record.Weight) >= drawn);
            yield return left[chosen];
            left.RemoveAt(chosen);
        }
    }

    // Those of weight 0 stand first, so that a total of 0 takes the first of a random order.
    private static List<SrvRecord> Shuffled(List<SrvRecord> records, Func<int, int> draw)
    {
        for (var last = records.Count - 1; last > 0; last--)
        {
            var other = draw(last);
            (records[last], records[other]) = (records[other], records[last]);
        }

        return records;
    }
}
