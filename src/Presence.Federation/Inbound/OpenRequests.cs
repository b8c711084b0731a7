using Presence.Model.Addresses;

namespace Presence.Federation.Inbound;

/// <summary>
/// Subscriptions of one person of another domain that wait for somebody's decision (docs/decisions/0075). Each counts for a day, or until it
/// is decided in his favour.
/// </summary>
internal sealed class OpenRequests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Dictionary<Key, DateTimeOffset> _since = [];

    /// <summary>For how long there is no room for this one among those that wait in the domain of its target; null: there is.</summary>
    public TimeSpan? LeftUntilRoom(Place target, string id, int most, DateTimeOffset now)
    {
        foreach (var (old, since) in _since.ToList())
        {
            if (now - since >= Day)
                _since.Remove(old);
        }

        if (_since.ContainsKey(new Key(target, id)))
            return null;
        var there = _since.Where(open => open.Key.Domain == target.Address!.Value.Domain).ToList();
        return there.Count < most ? null : there.Min(open => open.Value) + Day - now;
    }

    /// <summary>It waits. Asking again does not make it younger.</summary>
    public void Add(Place target, string id, DateTimeOffset now) => _since.TryAdd(new Key(target, id), now);

    public void Remove(Place target, string id) => _since.Remove(new Key(target, id));

    private readonly record struct Key(Place Target, string Id)
    {
        public Domain Domain => Target.Address!.Value.Domain;
    }
}
