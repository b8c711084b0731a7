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

    /// <summary>Endpoints of one user: 1–256, default 16; one more is refused with 431.</summary>
    public int MaxEndpoints { get; init; } = 16;

    public PropertyLimits Properties { get; init; } = PropertyLimits.Default;

    public SubscriptionLimits Subscriptions { get; init; } = SubscriptionLimits.Default;

    public InboxLimits Inbox { get; init; } = InboxLimits.Default;

    /// <summary>Messages held of one sender who must ask, until the owner decides: 0–1 024, default 16.</summary>
    public int HeldPerSender { get; init; } = RequestLimits.Default.MaxPerSender;

    /// <summary>How long the owner has to decide about a message request: 1 min–30 d, default 7 d. Then it is dropped.</summary>
    public TimeSpan HeldFor { get; init; } = RequestLimits.Default.HoldFor;

    /// <summary>
    /// What becomes of a message that the recipient's rule would refer while its sender asked for no redirect: true sends
    /// it on, false answers 480 to who may know the presence. Default true.
    /// </summary>
    public bool ProxyReferred { get; init; } = true;

    internal RequestLimits Requests =>
        RequestLimits.Default with { MaxPerSender = HeldPerSender, HoldFor = HeldFor };
}
