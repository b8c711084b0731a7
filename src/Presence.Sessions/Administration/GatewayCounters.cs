namespace Presence.Sessions.Administration;

/// <summary>Counts what a gateway does, from any thread and at the cost of an addition.</summary>
internal sealed class GatewayCounters
{
    private long _opened;
    private long _closed;
    private long _requests;
    private long _refused;
    private long _failed;
    private long _batches;
    private long _notices;

    /// <summary>Connections that are open now.</summary>
    public int Open => (int)(Volatile.Read(ref _opened) - Volatile.Read(ref _closed));

    public void Opened() => Interlocked.Increment(ref _opened);

    public void Closed() => Interlocked.Increment(ref _closed);

    /// <param name="code">Code of the final response.</param>
    public void Answered(int code)
    {
        Interlocked.Increment(ref _requests);
        if (code is 500 or 503)
            Interlocked.Increment(ref _failed);
        else if (code >= 400)
            Interlocked.Increment(ref _refused);
    }

    public void TookBatch() => Interlocked.Increment(ref _batches);

    public void TookNotices(int count) => Interlocked.Add(ref _notices, count);

    public GatewayCounts Read() => new(
        Volatile.Read(ref _opened), Volatile.Read(ref _requests), Volatile.Read(ref _refused),
        Volatile.Read(ref _failed), Volatile.Read(ref _batches), Volatile.Read(ref _notices));
}
