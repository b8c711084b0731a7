using System.Diagnostics.CodeAnalysis;

namespace Presence.Model.Memory;

/// <summary>
/// What was noted lately, by key: for a time, and so many at the most, of which the one noted longest ago makes room. A key that is
/// noted again is as new. Not for many threads at once.
/// </summary>
/// <param name="most">How many: 1 or more.</param>
/// <param name="life">For how long each.</param>
public sealed class RecentNotes<TKey, TValue>(int most, TimeSpan life)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<Noted>> _byKey = [];
    private readonly LinkedList<Noted> _oldestFirst = new();

    public int Count => _byKey.Count;

    /// <summary>False if the key was known; its value and its time are the new ones then.</summary>
    public bool Note(TKey key, TValue value, DateTimeOffset now)
    {
        EndExpired(now);
        var isNew = !_byKey.Remove(key, out var known);
        if (known is not null)
            _oldestFirst.Remove(known);
        else if (_byKey.Count == most)
            Forget(_oldestFirst.First!);
        _byKey[key] = _oldestFirst.AddLast(new Noted(key, value, now + life));
        return isNew;
    }

    public bool Contains(TKey key, DateTimeOffset now) => TryGet(key, now, out _);

    public bool TryGet(TKey key, DateTimeOffset now, [MaybeNullWhen(false)] out TValue value)
    {
        var isThere = _byKey.TryGetValue(key, out var known) && known.Value.Until > now;
        value = isThere ? known!.Value.Value : default;
        return isThere;
    }

    /// <summary>All that are not too old, the one noted longest ago first.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue>> All(DateTimeOffset now) =>
        from noted in _oldestFirst where noted.Until > now select KeyValuePair.Create(noted.Key, noted.Value);

    /// <summary>They are in the order of their ends, for each lives as long as the others.</summary>
    private void EndExpired(DateTimeOffset now)
    {
        while (_oldestFirst.First is { } oldest && oldest.Value.Until <= now)
            Forget(oldest);
    }

    private void Forget(LinkedListNode<Noted> noted)
    {
        _byKey.Remove(noted.Value.Key);
        _oldestFirst.Remove(noted);
    }

    private readonly record struct Noted(TKey Key, TValue Value, DateTimeOffset Until);
}
