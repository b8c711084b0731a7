using Presence.Model.Access;
using Presence.Model.Replies;

namespace Presence.Model.Subscriptions;

/// <summary>What comes of a request to watch (docs/protocol/subscriptions.md).</summary>
/// <param name="Refusal">
/// Why nothing: 423 for a life below the shortest, 404 and 403 where the asker may know them, 429 where it would have to wait for the
/// owner and must not. Null if it stands.
/// </param>
/// <param name="Life">As granted; with a 423 the shortest that would be.</param>
/// <param name="State">How it stands.</param>
/// <param name="SeenAs">How its watcher is told that it stands: active or pending.</param>
public readonly record struct SubscriptionGrant(
    Refusal? Refusal, TimeSpan Life, SubscriptionState State = SubscriptionState.Pending,
    SubscriptionState SeenAs = SubscriptionState.Pending)
{
    /// <summary>Decides, in the order in which the asker may learn of each reason.</summary>
    /// <param name="limits">Of this service.</param>
    /// <param name="expires">The life asked for; null if the request names none.</param>
    /// <param name="isAbsent">True if nobody holds the address and this asker may know it.</param>
    /// <param name="verdict">Of the list in force there, held or not.</param>
    /// <param name="mayWait">False if the owner may not be asked any more.</param>
    public static SubscriptionGrant Decide(
        SubscriptionLimits limits, TimeSpan? expires, bool isAbsent, Verdict verdict, bool mayWait)
    {
        if (limits.LifeFor(expires) is not { } life)
            return new SubscriptionGrant(Refusal.IntervalTooBrief, limits.MinExpiry);
        if (isAbsent)
            return new SubscriptionGrant(Refusal.NotFound, default);
        if (verdict == Verdict.Deny)
            return new SubscriptionGrant(Refusal.Forbidden, default);
        var (state, seenAs) = SubscriptionReview.StateFor(verdict);

        // Whether it is known already must not matter: of an address that nobody has it cannot be.
        return !mayWait && seenAs == SubscriptionState.Pending
            ? new SubscriptionGrant(Refusal.SlowDown, default)
            : new SubscriptionGrant(null, life, state, seenAs);
    }
}
