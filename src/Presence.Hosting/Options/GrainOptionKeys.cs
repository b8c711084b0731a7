using System.Globalization;
using Presence.Grains;

namespace Presence.Hosting.Options;

/// <summary>The keys of <see cref="GrainOptions"/>.</summary>
public static class GrainOptionKeys
{
    private static readonly GrainOptions Standard = new();
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    public static readonly IReadOnlyList<OptionKey> All =
    [
        Time(nameof(Standard.PublishInterval), Standard.PublishInterval, TimeSpan.Zero, 10 * Second,
            "Least time between two publications of one node."),
        Whole(nameof(Standard.PublishRate), Standard.PublishRate, 1, 1_000_000,
            "Publications a second of one node for long."),
        Whole(nameof(Standard.PublishBurst), Standard.PublishBurst, 1, 1_000_000, "Publications after a pause."),
        Whole(nameof(Standard.MaxEndpoints), Standard.MaxEndpoints, 1, 256, "Endpoints of one user."),
        Whole(nameof(Standard.MaxProperties), Standard.MaxProperties, 16, 4096, "Properties of one node."),
        Whole(nameof(Standard.MaxValueSize), Standard.MaxValueSize, 256, 1_048_576, "Octets of one value."),
        Time(nameof(Standard.MaxLease), Standard.MaxLease, 30 * Second, Month, "Longest lease of a value."),
        Time(nameof(Standard.MinExpiry), Standard.MinExpiry, Second, Hour, "Shortest life of a subscription."),
        Time(nameof(Standard.MaxExpiry), Standard.MaxExpiry, Hour, TimeSpan.FromDays(365), "Longest life of one."),
        Time(nameof(Standard.DefaultExpiry), Standard.DefaultExpiry, Minute, Month, "Life of one that names none."),
        Whole(nameof(Standard.MaxSubscriptions), Standard.MaxSubscriptions, 1, 100_000, "Subscriptions of one user."),
        Whole(nameof(Standard.MaxWaiting), Standard.MaxWaiting, 1, 65_536, "Messages of a user that wait for an ACK."),
        Whole(nameof(Standard.MaxRemembered), Standard.MaxRemembered, 1, 65_536, "Messages remembered against repeats."),
        Time(nameof(Standard.Remember), Standard.Remember, Minute, Hour, "For how long they are."),
        Whole(nameof(Standard.HeldPerSender), Standard.HeldPerSender, 0, 1024,
            "Messages held of one sender who must ask."),
        Time(nameof(Standard.HeldFor), Standard.HeldFor, Minute, Month, "Time to decide about a request."),
        Whole(nameof(Standard.MaxStored), Standard.MaxStored, 0, 1000,
            "Messages that wait for a user who is not there; 0 switches the feature store off."),
        Time(nameof(Standard.StoredFor), Standard.StoredFor, Minute, Month, "For how long, without a ttl."),
        new($"{GrainOptions.Section}:{nameof(Standard.ProxyReferred)}", "true", OptionRules.Flag,
            "Sends on what a rule refers and nobody asked to redirect."),
    ];

    private static OptionKey Whole(string name, int standard, int least, int most, string meaning) => new(
        $"{GrainOptions.Section}:{name}", standard.ToString(CultureInfo.InvariantCulture), OptionRules.Whole(least, most),
        meaning);

    private static OptionKey Time(string name, TimeSpan standard, TimeSpan least, TimeSpan most, string meaning) =>
        new($"{GrainOptions.Section}:{name}", standard.ToString("c"), OptionRules.Duration(least, most), meaning);
}
