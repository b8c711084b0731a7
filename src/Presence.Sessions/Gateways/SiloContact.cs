namespace Presence.Sessions.Gateways;

/// <summary>Whether this gateway has silos to serve from.</summary>
public sealed class SiloContact(TimeProvider time)
{
    /// <summary>Silence after which the silos count as out of reach.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private long _seen;

    /// <summary>False until a silo has answered, and when none has for <see cref="Patience"/>.</summary>
    public bool IsAlive => Volatile.Read(ref _seen) is var seen and not 0 && time.GetElapsedTime(seen) < Patience;

    /// <summary>A silo has answered just now.</summary>
    public void Seen() => Volatile.Write(ref _seen, time.GetTimestamp());
}
