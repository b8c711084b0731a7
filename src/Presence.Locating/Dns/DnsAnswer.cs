namespace Presence.Locating.Dns;

/// <summary>An answer of the DNS, CNAMEs followed.</summary>
/// <param name="Outcome">Whether there is anything.</param>
/// <param name="Records">The records; empty unless found.</param>
/// <param name="TimeToLive">How long it may be kept: the least of all records, or the SOA's minimum; zero if failed.</param>
/// <param name="Why">Why it failed; empty otherwise.</param>
public sealed record DnsAnswer<T>(DnsOutcome Outcome, IReadOnlyList<T> Records, TimeSpan TimeToLive, string Why);

/// <summary>Makes answers.</summary>
public static class DnsAnswer
{
    public static DnsAnswer<T> Found<T>(IReadOnlyList<T> records, TimeSpan timeToLive) =>
        new(DnsOutcome.Found, records, timeToLive, "");

    public static DnsAnswer<T> Missing<T>(TimeSpan timeToLive) => new(DnsOutcome.Missing, [], timeToLive, "");

    public static DnsAnswer<T> Failed<T>(string why) => new(DnsOutcome.Failed, [], TimeSpan.Zero, why);
}
