namespace Presence.Model.Subscriptions;

/// <summary>Ceilings on subscriptions.</summary>
/// <param name="MinExpiry">Shortest life, default 60 s; less is refused with 423 and <c>min=</c>.</param>
/// <param name="MaxExpiry">Longest life, default 30 days; more is cut to it and the answer tells.</param>
/// <param name="DefaultExpiry">Life when the request names none, default 1 h.</param>
/// <param name="MaxOutgoing">Subscriptions of one watcher, default 2 000; one more is refused with 431.</param>
public sealed record SubscriptionLimits(
    TimeSpan MinExpiry, TimeSpan MaxExpiry, TimeSpan DefaultExpiry, int MaxOutgoing)
{
    public static readonly SubscriptionLimits Default =
        new(TimeSpan.FromSeconds(60), TimeSpan.FromDays(30), TimeSpan.FromHours(1), 2000);

    /// <summary>The life that is granted to who asks for this one; null if it is shorter than any may be.</summary>
    /// <param name="asked">Null if the request names none.</param>
    public TimeSpan? LifeFor(TimeSpan? asked)
    {
        var life = asked ?? DefaultExpiry;
        return life < MinExpiry ? null : life < MaxExpiry ? life : MaxExpiry;
    }
}
