using Presence.Model.Addresses;

namespace Presence.Client.Lasting;

/// <summary>A place that this client watches, over any number of sessions.</summary>
/// <param name="id">Of the subscription.</param>
/// <param name="target">The property, or a container of some, at a full address.</param>
internal sealed class Watched(string id, Place target)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Place, Notification> _last = [];
    private int _askedAgainIn;

    public string Id { get; } = id;

    public Place Target { get; } = target;

    /// <summary>The passphrase that the place is behind, or null.</summary>
    public WatchSecret? Secret { get; init; }

    /// <summary>Readers; nobody left means that it is no longer kept up.</summary>
    public int Readers { get; set; }

    /// <summary>The last that came of each property, for readers who come later.</summary>
    public IReadOnlyList<Notification> Last
    {
        get
        {
            lock (_lock)
                return [.. _last.Values];
        }
    }

    /// <summary>Highest version that came; 0 before the first.</summary>
    public long Version
    {
        get
        {
            lock (_lock)
                return _last.Values.Select(change => change.Version ?? 0).DefaultIfEmpty().Max();
        }
    }

    /// <returns>False if it tells nothing new: repeats are the price of asking again.</returns>
    public bool Take(Notification change)
    {
        lock (_lock)
        {
            var last = _last.GetValueOrDefault(change.Target);
            if (last is not null && change.State is null or SubscriptionState.Active
                && last.State is not (SubscriptionState.Pending or SubscriptionState.Terminated)
                && change.Version is { } version && version <= (last.Version ?? 0))
                return false;

            _last[change.Target] = change;
            return true;
        }
    }

    /// <summary>
    /// Whether to subscribe again after the server said that it is over: always where it only ran out, and once in a
    /// session where the server knows nothing of it.
    /// </summary>
    public bool IsToBeAskedAgain(string? why, int session)
    {
        lock (_lock)
        {
            if (Readers == 0)
                return false;

            if (why is not "noresource")
                return why is "timeout" or "deactivated" or "unsub";

            var isFirst = _askedAgainIn != session;
            _askedAgainIn = session;
            return isFirst;
        }
    }
}
