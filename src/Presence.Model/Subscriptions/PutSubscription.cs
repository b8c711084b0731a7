namespace Presence.Model.Subscriptions;

/// <summary>A subscription as it stands after it was asked for.</summary>
/// <param name="Entry">What stands now.</param>
/// <param name="Before">What stood under the same watcher and id, or null.</param>
public readonly record struct PutSubscription(Subscription Entry, Subscription? Before)
{
    /// <summary>True if what is stored changes with it.</summary>
    public bool IsLasting => !Entry.IsSessionBound || Before is { IsSessionBound: false };
}
