using Presence.Sessions;

namespace Presence.Federation.Links;

/// <summary>How links to other domains are treated. Configuration section <c>Presence:Federation:Links</c>.</summary>
public sealed class PeerLinkOptions
{
    public const string Section = "Presence:Federation:Links";

    /// <summary>Longest line in octets, terminator included: 4 096–65 536, default 16 384.</summary>
    public int MaxLine { get; init; } = 16_384;

    /// <summary>Longest body in octets: 65 536–16 777 216, default 262 144.</summary>
    public int MaxBody { get; init; } = 262_144;

    /// <summary>Requests of the other side that may wait for an answer: 1–4 096, default 512; one more is refused with 503.</summary>
    public int InFlight { get; init; } = 512;

    /// <summary>Events that may wait for an ACK: 16–65 536, default 4 096.</summary>
    public int Events { get; init; } = 4096;

    /// <summary>Octets of events that may wait: 1 MiB–256 MiB, default 16 MiB. Beyond it the session ends and is synchronised.</summary>
    public int MaxQueuedOctets { get; init; } = 16 * 1024 * 1024;

    /// <summary>Silence after which a side asks for life; at 1.5 times it the connection is closed. 5 s–1 h, default 60 s.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a session waits for a resume: 0–1 h, default 600 s.</summary>
    public TimeSpan ResumeTime { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>First pause between attempts to connect, doubled with each failure: 10 ms–1 min, default 1 s.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause between attempts to connect: 1 s–1 h, default 5 min.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Requests a second that one domain may send for long: 1–1 000 000, default 1 000. Beyond it 429.</summary>
    public int RequestsPerSecond { get; init; } = 1000;

    /// <summary>Requests of one domain that may come at once after a pause: 1–1 000 000, default 5 000.</summary>
    public int RequestBurst { get; init; } = 5000;

    /// <summary>Requests a second that one person of another domain may send for long: 1–1 000 000, default 50. Beyond it 429.</summary>
    public int PersonRequestsPerSecond { get; init; } = 50;

    /// <summary>Requests of one person that may come at once after a pause: 1–1 000 000, default 200.</summary>
    public int PersonRequestBurst { get; init; } = 200;

    /// <summary>Subscriptions that one person of another domain may begin within an hour: 1–1 000 000, default 100.</summary>
    public int PersonSubscriptionsPerHour { get; init; } = 100;

    /// <summary>
    /// Subscriptions of one person of another domain that may wait for a decision in one domain of ours, each counted for a day:
    /// 1–1 000 000, default 5.
    /// </summary>
    public int PersonPendingPerDay { get; init; } = 5;

    /// <summary>What the parts that links share with sessions need to know.</summary>
    internal SessionOptions ForSession => new()
    {
        MaxLine = MaxLine,
        MaxBody = MaxBody,
        InFlight = InFlight,
        Events = Events,
        MaxQueuedOctets = MaxQueuedOctets,
        Idle = Idle,
        ResumeTime = ResumeTime,
    };
}
