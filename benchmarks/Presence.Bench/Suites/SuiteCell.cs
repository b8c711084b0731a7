namespace Presence.Bench.Suites;

/// <summary>All runs of one scenario on one server.</summary>
internal sealed class SuiteCell(SuiteRow row, string server)
{
    private readonly List<IReadOnlyDictionary<string, double>> _runs = [];

    public SuiteRow Row { get; } = row;

    public string Server { get; } = server;

    /// <summary>How long the last run took with all that belongs to it.</summary>
    public TimeSpan Took { get; set; }

    /// <summary>A run lost copies, or was not possible.</summary>
    public bool HasFailed { get; private set; }

    public int Runs => _runs.Count;

    public double? Decisive => Median(Row.Figure);

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

    /// <param name="figures">By name; null if the run failed.</param>
    public void Add(IReadOnlyDictionary<string, double>? figures)
    {
        if (figures is null)
            HasFailed = true;
        else
            _runs.Add(figures);
    }

    private double? Median(string figure)
    {
        var values = Values(figure);
        return values.Count == 0 ? null : (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }

    private List<double> Values(string figure) =>
    [
        .. from run in _runs
           from pair in run
           where pair.Key.EndsWith(figure, StringComparison.Ordinal)
           orderby pair.Value
           select pair.Value,
    ];
}
