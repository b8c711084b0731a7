namespace Presence.Bench.Suites;

/// <summary>The tables that can be made.</summary>
internal static class Suite
{
    public const string All = "all";
    public const string Growth = "growth";

    /// <summary>Every scenario at the sizes of benchmarks/README.md.</summary>
    public static readonly IReadOnlyList<SuiteRow> Scenarios =
    [
        SuiteRow.OfRate("fanout 200 x 50, notifications/s, CPU us", "fanout --presentities 200 --watchers 50 --seconds 1") with { Heats = 16 },
        SuiteRow.OfRate("fanout 20 x 500, notifications/s, CPU us", "fanout --presentities 20 --watchers 500 --seconds 1") with { Heats = 18 },
        SuiteRow.OfLatency("paced 2 000/s, p50, p99 ms", "paced --rate 2000 --seconds 2") with { Heats = 12 },
        SuiteRow.OfRate("im, messages/s, CPU us", "im --pairs 100 --seconds 1") with { Heats = 13 },
        SuiteRow.OfLatency("im 500/s, p50, p99 ms", "im --pairs 100 --rate 500 --seconds 2") with { Heats = 12 },
        SuiteRow.OfRate("im with receipts, messages/s, CPU us", "im --pairs 100 --receipts --seconds 1") with { Heats = 13 },
        SuiteRow.OfRate("group of 200, deliveries/s, CPU us", "group --members 200 --authors 10 --seconds 1") with { Heats = 18 },
        SuiteRow.OfRate("login SCRAM-SHA-256, logins/s, CPU us", "login --logins 1000") with { Heats = 14 },
        SuiteRow.OfRate("subscribe, durable, subscriptions/s, CPU us", "subscribe --owners 2400 --watchers 100 --seconds 2") with { Heats = 14 },
        SuiteRow.OfTime("storm 2 000 x 50, seconds, CPU us", "storm --users 2000 --contacts 50") with { Heats = 4 },
        SuiteRow.OfLatency("mixed: a day in 3 s, p50, p99 ms", "mixed --users 200 --contacts 20 --seconds 3") with { Heats = 22 },
        SuiteRow.OfMemory("idle 10 000, KiB each, MiB in all", "idle --connections 10000 --seconds 3"),
    ];

    /// <summary>What one notification costs as watchers and users become many; as many notifications in each row.</summary>
    public static readonly IReadOnlyList<SuiteRow> Growths =
    [
        SuiteRow.OfCpu("1 000 presentities x 10 watchers", "fanout --presentities 1000 --watchers 10 --changes 20"),
        SuiteRow.OfCpu("100 x 100", "fanout --presentities 100 --watchers 100 --changes 20"),
        SuiteRow.OfCpu("10 x 1 000", "fanout --presentities 10 --watchers 1000 --changes 20"),
        SuiteRow.OfCpu("1 x 10 000", "fanout --presentities 1 --watchers 10000 --changes 20"),
        SuiteRow.OfCpu("200 x 50 beside 1 000 users", "fanout --presentities 200 --watchers 50 --changes 20 --beside 1000"),
        SuiteRow.OfCpu("200 x 50 beside 5 000 users", "fanout --presentities 200 --watchers 50 --changes 20 --beside 5000"),
        SuiteRow.OfCpu("200 x 50 beside 18 000 users", "fanout --presentities 200 --watchers 50 --changes 20 --beside 18000"),
    ];
}
