namespace Presence.Bench.Suites;

/// <summary>One line of a table: a scenario with its sizes, and what is told of it.</summary>
/// <param name="Title">As it stands in the table.</param>
/// <param name="Arguments">Scenario and options, with spaces between.</param>
/// <param name="Figure">Which figure decides: its name, or how it ends.</param>
/// <param name="Beside">Figures that stand beside it, in the order of the table.</param>
/// <param name="MoreIsBetter">True for rates.</param>
internal sealed record SuiteRow(
    string Title, string Arguments, string Figure, IReadOnlyList<string> Beside, bool MoreIsBetter)
{
    private const string Rate = " per second";
    private const string Cpu = "server CPU us each";

    /// <summary>How often it runs in each round; between two heats on one server the others have theirs.</summary>
    public int Heats { get; init; } = 1;

    /// <summary>
    /// How many heats come before those that count, where there are several: a server compiles what it runs for the first time. Many are short.
    /// </summary>
    public int WarmUp => Heats switch { 1 => 0, < 12 => 1, _ => 2 };

    /// <summary>In how many rounds it runs, with fresh servers in each.</summary>
    public int Rounds { get; init; } = 1;

    public static SuiteRow OfRate(string title, string arguments) => new(title, arguments, Rate, [Cpu], true);

    public static SuiteRow OfLatency(string title, string arguments) =>
        new(title, arguments, "p50 ms", ["p99 ms"], false);

    public static SuiteRow OfTime(string title, string arguments) => new(title, arguments, "seconds", [Cpu], false);

    public static SuiteRow OfMemory(string title, string arguments) =>
        new(title, arguments, "KiB RSS per user", ["server RSS MiB"], false);

    public static SuiteRow OfCpu(string title, string arguments) => new(title, arguments, Cpu, [Rate], false) { Rounds = 3 };
}
