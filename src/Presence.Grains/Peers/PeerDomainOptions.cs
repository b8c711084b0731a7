namespace Presence.Grains.Peers;

/// <summary>How long and how much waits for other domains. Configuration section <c>Presence:PeerDomains</c>.</summary>
public sealed class PeerDomainOptions
{
    public const string Section = "Presence:PeerDomains";

    /// <summary>How long somebody waits for an answer of another domain: 1–25 s, default 10 s; then 504.</summary>
    public TimeSpan AnswerTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a sender waits for the other domain's answer to his message: 0–25 s, default 2 s. Then he hears 202, and by
    /// receipt if it fails.
    /// </summary>
    public TimeSpan AcceptTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a domain must be unreachable before its values are told as stale: 1 s–1 h, default 60 s.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest random delay before what is watched is synchronised on a new link: 0–10 min, default 30 s.</summary>
    public TimeSpan SyncDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests that wait for one domain: 16–1 000 000, default 10 000; one more is refused with 503.</summary>
    public int MaxWaiting { get; init; } = 10_000;

    /// <summary>Octets of them: 1 MiB–1 GiB, default 16 MiB.</summary>
    public int MaxWaitingOctets { get; init; } = 16 * 1024 * 1024;
}
