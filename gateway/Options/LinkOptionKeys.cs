using System.Globalization;
using Presence.Federation.Links;
using Presence.Grains.Peers;

namespace Presence.Gateway.Options;

/// <summary>The keys of <see cref="PeerLinkOptions"/> and <see cref="PeerDomainOptions"/>.</summary>
internal static class LinkOptionKeys
{
    private static readonly PeerLinkOptions Links = new();
    private static readonly PeerDomainOptions Domains = new();
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static readonly OptionKey[] All =
    [
        Link(nameof(Links.MaxLine), Links.MaxLine, 4096, 65_536, "Longest line between domains, in octets."),
        Link(nameof(Links.MaxBody), Links.MaxBody, 65_536, 16_777_216, "Longest body between domains, in octets."),
        Link(nameof(Links.InFlight), Links.InFlight, 1, 4096, "Requests of a domain that wait for an answer."),
        Link(nameof(Links.Events), Links.Events, 16, 65_536, "Events of a link that wait for an ACK."),
        Link(nameof(Links.MaxQueuedOctets), Links.MaxQueuedOctets, 1_048_576, 268_435_456, "Octets of them."),
        Link(nameof(Links.RequestsPerSecond), Links.RequestsPerSecond, 1, 1_000_000, "Requests a second of one domain."),
        Link(nameof(Links.RequestBurst), Links.RequestBurst, 1, 1_000_000, "Requests at once, after a pause."),
        Link(nameof(Links.PersonRequestsPerSecond), Links.PersonRequestsPerSecond, 1, 1_000_000,
            "Requests a second of one person of another domain."),
        Link(nameof(Links.PersonRequestBurst), Links.PersonRequestBurst, 1, 1_000_000, "Requests of his at once, after a pause."),
        Link(nameof(Links.PersonSubscriptionsPerHour), Links.PersonSubscriptionsPerHour, 1, 1_000_000,
            "Subscriptions that he may begin within an hour."),
        Link(nameof(Links.PersonPendingPerDay), Links.PersonPendingPerDay, 1, 1_000_000,
            "Subscriptions of his that may wait for a decision in one domain, each for a day."),
        Link(nameof(Links.Idle), Links.Idle, 5 * Second, Hour, "Silence after which a side of a link is asked for life."),
        Link(nameof(Links.ResumeTime), Links.ResumeTime, TimeSpan.Zero, Hour, "How long a link waits to be resumed."),
        Link(nameof(Links.FirstPause), Links.FirstPause, Second / 100, 60 * Second,
            "First pause between attempts to connect; it doubles."),
        Link(nameof(Links.LongestPause), Links.LongestPause, Second, Hour, "Longest pause between them."),
        Domain(nameof(Domains.AnswerTime), Domains.AnswerTime, Second, 25 * Second,
            "How long somebody waits for another domain's answer."),
        Domain(nameof(Domains.AcceptTime), Domains.AcceptTime, TimeSpan.Zero, 25 * Second,
            "How long a sender waits for it; then he hears 202."),
        Domain(nameof(Domains.StaleAfter), Domains.StaleAfter, Second, Hour,
            "How long a domain is unreachable before its values are stale."),
        Domain(nameof(Domains.SyncDelay), Domains.SyncDelay, TimeSpan.Zero, 600 * Second,
            "Longest random delay before a new link is synchronised."),
        Domain(nameof(Domains.MaxWaiting), Domains.MaxWaiting, 16, 1_000_000, "Requests that wait for one domain."),
        Domain(nameof(Domains.MaxWaitingOctets), Domains.MaxWaitingOctets, 1_048_576, 1_073_741_824, "Octets of them."),
    ];

    private static OptionKey Link(string name, int standard, int least, int most, string meaning) =>
        Whole(PeerLinkOptions.Section, name, standard, least, most, meaning);

    private static OptionKey Link(string name, TimeSpan standard, TimeSpan least, TimeSpan most, string meaning) =>
        Time(PeerLinkOptions.Section, name, standard, least, most, meaning);

    private static OptionKey Domain(string name, int standard, int least, int most, string meaning) =>
        Whole(PeerDomainOptions.Section, name, standard, least, most, meaning);

    private static OptionKey Domain(string name, TimeSpan standard, TimeSpan least, TimeSpan most, string meaning) =>
        Time(PeerDomainOptions.Section, name, standard, least, most, meaning);

    private static OptionKey Whole(string section, string name, int standard, int least, int most, string meaning) => new(
        $"{section}:{name}", standard.ToString(CultureInfo.InvariantCulture), OptionRules.Whole(least, most), meaning);

    private static OptionKey Time(
        string section, string name, TimeSpan standard, TimeSpan least, TimeSpan most, string meaning) =>
        new($"{section}:{name}", standard.ToString("c"), OptionRules.Duration(least, most), meaning);
}
