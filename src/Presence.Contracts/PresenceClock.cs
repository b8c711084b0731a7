namespace Presence.Contracts;

/// <summary>
/// The clock that presence lives by: leases, expiries, versions. It is a service of its own, apart from the
/// <see cref="TimeProvider"/> that Orleans and Kestrel use, so that a test can own the time of presence
/// without stopping the host under it.
/// </summary>
public sealed record PresenceClock(TimeProvider Time)
{
    public static readonly PresenceClock System = new(TimeProvider.System);

    public DateTimeOffset Now => Time.GetUtcNow();
}
