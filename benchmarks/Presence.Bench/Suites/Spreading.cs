namespace Presence.Bench.Suites;

/// <summary>In which order several things have their turns.</summary>
internal static class Spreading
{
    /// <summary>The turns of each, from 0, are spread over the whole time, whoever has more of them.</summary>
    /// <param name="times">How many turns each has.</param>
    public static IEnumerable<(T One, int Turn)> Spread<T>(this IReadOnlyList<T> all, Func<T, int> times) =>
        from indexed in all.Index()
        let turns = times(indexed.Item)
        from turn in Enumerable.Range(0, turns)
        orderby (turn + ((double)indexed.Index / all.Count)) / turns
        select (indexed.Item, turn);
}
