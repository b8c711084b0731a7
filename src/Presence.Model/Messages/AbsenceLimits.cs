namespace Presence.Model.Messages;

/// <summary>Bounds of what waits for a user who is not there (feature <c>store</c>).</summary>
/// <param name="Max">Messages, default 0: nothing waits.</param>
/// <param name="MaxOctets">Octets of their bodies, default 1 MiB.</param>
/// <param name="HoldFor">How long a message waits whose sender named no <c>ttl</c>, default 7 days.</param>
public sealed record AbsenceLimits(int Max, int MaxOctets, TimeSpan HoldFor)
{
    public static readonly AbsenceLimits Default = new(0, 1024 * 1024, TimeSpan.FromDays(7));

    /// <summary>False if the feature is off.</summary>
    public bool AreOpen => Max > 0;
}
