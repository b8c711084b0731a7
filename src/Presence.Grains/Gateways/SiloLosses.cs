namespace Presence.Grains.Gateways;

/// <summary>
/// Whether a silo has gone lately: then a grain that knows of no session cannot tell who is offline from who was forgotten, until
/// gateways have asserted their sessions.
/// </summary>
internal sealed class SiloLosses(TimeProvider time) : ISiloStatusListener
{
    /// <summary>Gateways learn of it and assert within this time.</summary>
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(15);

    private long _last = long.MinValue;

    public bool AreRecent =>
        Interlocked.Read(ref _last) is var last && last != long.MinValue && time.GetElapsedTime(last) < Settles;

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status.IsTerminating())
            Interlocked.Exchange(ref _last, time.GetTimestamp());
    }
}
