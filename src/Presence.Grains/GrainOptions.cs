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
}
