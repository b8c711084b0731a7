namespace Presence.Bench.Suites;

/// <summary>
/// Rows whose servers are there at the same time, so that the heats of each lie minutes apart: a machine that is slow for some minutes is
/// so for a part of them only. Source: decision 0100.
/// </summary>
internal sealed class SuiteGroup(IReadOnlyList<SuiteRow> rows)
{
    public IReadOnlyList<SuiteRow> Rows { get; } = rows;

    /// <summary>In how many rounds it runs, with fresh servers in each.</summary>
    public int Rounds => Rows.Max(row => row.Rounds);

    /// <summary>Puts rows of several heats together, as many as may be, and in groups of one size; a row of one heat is alone.</summary>
    /// <param name="most">How many may be together, from 1.</param>
    public static IReadOnlyList<SuiteGroup> Of(IReadOnlyList<SuiteRow> rows, int most)
    {
        var together = rows.Where(row => row.Heats > 1).ToList();
        var groups = (together.Count + most - 1) / most;
        var size = groups == 0 ? 1 : (together.Count + groups - 1) / groups;
        return
        [
            .. together.Chunk(size).Select(chunk => new SuiteGroup(chunk)),
            .. rows.Where(row => row.Heats == 1).Select(row => new SuiteGroup([row])),
        ];
    }

    /// <summary>The heats of the rows in their order, from 0.</summary>
    public IEnumerable<(SuiteRow Row, int Heat)> Heats => Rows.Spread(row => row.Heats);
}
