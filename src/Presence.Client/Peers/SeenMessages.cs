namespace Presence.Client.Peers;

/// <summary>
/// The messages of one sender that have come, so that one which took both ways is shown once. Remembers the last 1 024.
/// </summary>
internal sealed class SeenMessages
{
    private const int Capacity = 1024;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _mids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>False if it has come before.</summary>
    public bool Add(string mid)
    {
        lock (_lock)
        {
            if (!_mids.Add(mid))
                return false;

            _order.Enqueue(mid);
            if (_order.Count > Capacity)
                _mids.Remove(_order.Dequeue());

            return true;
        }
    }

    public bool Contains(string mid)
    {
        lock (_lock)
            return _mids.Contains(mid);
    }

    /// <summary>Takes back what was added, as it was not taken after all.</summary>
    public void Remove(string mid)
    {
        lock (_lock)
            _mids.Remove(mid);
    }
}
