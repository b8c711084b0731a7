using Presence.Model.Messages;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;

namespace Presence.Grains;

/// <summary>Limits that grains keep. Configuration section <c>Presence:Grains</c>.</summary>
public sealed class GrainOptions
{
    public const string Section = "Presence:Grains";

    /// <summary>Least time between two publications of one node; what falls between is told as one. 0–10 s, default 100 ms.</summary>
    public TimeSpan PublishInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Publications a second that a node may go on with: 1–1 000 000, default 1. Beyond it changes are told together.</summary>
    public int PublishRate { get; init; } = 1;

    /// <summary>Publications that a node may make at once after a pause: 1–1 000 000, default 10.</summary>
    public int PublishBurst { get; init; } = 10;

    /// <summary>Endpoints of one user: 1–256, default 16; one more is refused with 431.</summary>
    public int MaxEndpoints { get; init; } = 16;

    /// <summary>Properties of one node: 16–4 096, default 256; one more is refused with 431.</summary>
    public int MaxProperties { get; init; } = PropertyLimits.Default.MaxProperties;

    /// <summary>Octets of one value: 256–1 048 576, default 16 384; more is refused with 413.</summary>
    public int MaxValueSize { get; init; } = PropertyLimits.Default.MaxValueSize;

    /// <summary>Longest lease of a value: 30 s–30 d, default 24 h; more is refused with 400.</summary>
    public TimeSpan MaxLease { get; init; } = PropertyLimits.Default.MaxLease;

    /// <summary>Shortest life of a subscription: 1 s–1 h, default 60 s; less is refused with 423.</summary>
    public TimeSpan MinExpiry { get; init; } = SubscriptionLimits.Default.MinExpiry;

    /// <summary>Longest life of a subscription: 1 h–365 d, default 30 d; more is cut to it.</summary>
    public TimeSpan MaxExpiry { get; init; } = SubscriptionLimits.Default.MaxExpiry;

    /// <summary>Life of a subscription that names none: 1 min–30 d, default 1 h.</summary>
    public TimeSpan DefaultExpiry { get; init; } = SubscriptionLimits.Default.DefaultExpiry;

    /// <summary>Subscriptions of one user: 1–100 000, default 2 000; one more is refused with 431.</summary>
    public int MaxSubscriptions { get; init; } = SubscriptionLimits.Default.MaxOutgoing;

    /// <summary>Messages of one user that wait for an ACK: 1–65 536, default 1 024; one more is refused with 503.</summary>
    public int MaxWaiting { get; init; } = InboxLimits.Default.MaxWaiting;

    /// <summary>Messages of one user that are remembered against repeats: 1–65 536, default 4 096.</summary>
    public int MaxRemembered { get; init; } = InboxLimits.Default.MaxRemembered;

    /// <summary>For how long they are remembered: 1–60 min, default 10 min.</summary>
    public TimeSpan Remember { get; init; } = InboxLimits.Default.Remember;

    /// <summary>Messages held of one sender who must ask, until the owner decides: 0–1 024, default 16.</summary>
    public int HeldPerSender { get; init; } = RequestLimits.Default.MaxPerSender;

    /// <summary>How long the owner has to decide about a message request: 1 min–30 d, default 7 d. Then it is dropped.</summary>
    public TimeSpan HeldFor { get; init; } = RequestLimits.Default.HoldFor;

    /// <summary>
    /// Messages that wait for a user who is not there: 0–1 000, default 0, which means that nothing waits and the feature <c>store</c> is
    /// off. When there is no room the oldest leaves.
    /// </summary>
    public int MaxStored { get; init; } = AbsenceLimits.Default.Max;

    /// <summary>How long such a message waits if its sender named no <c>ttl</c>: 1 min–30 d, default 7 d.</summary>
    public TimeSpan StoredFor { get; init; } = AbsenceLimits.Default.HoldFor;

    /// <summary>
    /// What becomes of a message that the recipient's rule would refer while its sender asked for no redirect: true sends
    /// it on, false answers 480 to who may know the presence. Default true.
    /// </summary>
    public bool ProxyReferred { get; init; } = true;

    internal RequestLimits Requests =>
        RequestLimits.Default with { MaxPerSender = HeldPerSender, HoldFor = HeldFor };

    internal AbsenceLimits Absence => AbsenceLimits.Default with { Max = MaxStored, HoldFor = StoredFor };

    internal PropertyLimits Properties => new(MaxProperties, MaxValueSize, MaxLease);

    internal SubscriptionLimits Subscriptions => new(MinExpiry, MaxExpiry, DefaultExpiry, MaxSubscriptions);

    internal InboxLimits Inbox => new(MaxWaiting, MaxRemembered, Remember);
}
