namespace Presence.Bench.Suites;

/// <summary>All runs of one scenario on one server.</summary>
internal sealed class SuiteCell(SuiteRow row, string server)
{
    private readonly Dictionary<int, IReadOnlyDictionary<string, double>> _runs = [];

    public SuiteRow Row { get; } = row;

    public string Server { get; } = server;

    /// <summary>A run lost copies, or was not possible.</summary>
    public bool HasFailed { get; set; }

    public int Runs => _runs.Count;

    public double? Decisive => Median(Row.Figure);

    /// <summary>All figures of every run, in their order.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> All => [.. from run in _runs orderby run.Key select run.Value];

    /// <summary>The decisive figure of every run, in their order.</summary>
    public IReadOnlyList<double?> Each => [.. All.Select(Value)];

    public IReadOnlyList<double?> Beside => [.. Row.Beside.Select(Median)];

    /// <summary>Greatest over least of the decisive figure; null with fewer than two runs.</summary>
    public double? Spread
    {
        get
        {
            var values = Values(Row.Figure);
            return values.Count < 2 ? null : values[^1] / Math.Max(values[0], 1e-9);
        }
    }

    /// <param name="number">What has the same number at another server ran right before or after it: the machine is not always as fast.</param>
    /// <param name="figures">By name.</param>
    public void Add(int number, IReadOnlyDictionary<string, double> figures) => _runs.Add(number, figures);

    /// <summary>
    /// How many times as good as another, by the decisive figure: of two runs with the same number, and of that the geometric mean, from
    /// four on without the greatest and the least seventh, one each at least. A machine that is half as fast for a while slows both down, and the ratio stays; where it
    /// slows one down more, the mean has that in the share it had of the time, and a median all of it or nothing. Null if they have no number in common.
    /// </summary>
    public double? TimesAsGoodAs(SuiteCell other)
    {
        List<double> ratios =
        [
            .. from number in _runs.Keys.Intersect(other._runs.Keys)
               let own = Value(_runs[number])
               let others = Value(other._runs[number])
               where own > 0 && others > 0
               let ratio = Row.MoreIsBetter ? own / others : others / own
               orderby ratio
               select ratio.Value,
        ];
        if (ratios.Count == 0)
            return null;
        var outermost = ratios.Count < 4 ? 0 : Math.Max(1, ratios.Count / 7);
        return Math.Exp(ratios[outermost..^outermost].Average(Math.Log));
    }

    private double? Median(string figure) => Median(Values(figure));

    private static double? Median(List<double> sorted) =>
        sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;

    private double? Value(IReadOnlyDictionary<string, double> run) =>
        run.Where(pair => pair.Key.EndsWith(Row.Figure, StringComparison.Ordinal)).Select(pair => (double?)pair.Value).FirstOrDefault();

    private List<double> Values(string figure) =>
    [
        .. from run in _runs.Values
           from pair in run
           where pair.Key.EndsWith(figure, StringComparison.Ordinal)
           orderby pair.Value
           select pair.Value,
    ];
}
