namespace Presence.Client.Lasting;

/// <summary>Remembers the last keys, to find what comes twice.</summary>
/// <param name="capacity">How many are remembered.</param>
internal sealed class RecentKeys<TKey>(int capacity)
    where TKey : notnull
{
    private readonly HashSet<TKey> _known = [];
    private readonly Queue<TKey> _order = [];

    /// <returns>False if it was added before.</returns>
    public bool TryAdd(TKey key)
    {
        if (!_known.Add(key))
            return false;

        _order.Enqueue(key);
        if (_order.Count > capacity)
            _known.Remove(_order.Dequeue());

        return true;
    }
}
