namespace Presence.Client.Lasting;

/// <summary>An event that is confirmed to the server once all who hold it are done with it.</summary>
/// <param name="happened">The event.</param>
/// <param name="done">Called once.</param>
internal sealed class HeldEvent(PresenceEvent happened, Action done)
{
    private int _holders;

    public PresenceEvent Event { get; } = happened;

    /// <summary>True once a reader has dealt with it.</summary>
    public bool IsRead { get; private set; }

    public bool HasOneHolder => Volatile.Read(ref _holders) == 1;

    public void Hold() => Interlocked.Increment(ref _holders);

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            done();
    }

    public void ReleaseRead()
    {
        IsRead = true;
        Release();
    }
}
