using System.Collections.Concurrent;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Delivery;

/// <summary>
/// Who behind this gateway watches what, by watched node: a batch from a route stream finds its sessions here.
/// What is delivered to is an array that does not change, so that delivering never holds the lock of the table; it is made
/// anew by the first batch after others came or went, not by each of them (<c>bench storm</c>).
/// </summary>
internal sealed class WatchTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Address, (List<Watch> All, Watch[]? Shown)> _byNode = [];

    private readonly ConcurrentDictionary<Watch, bool> _paced = new();

    public void Add(Watch watch)
    {
        lock (_lock)
        {
            var all = _byNode.GetValueOrDefault(watch.Node).All ?? [];
            all.Add(watch);
            _byNode[watch.Node] = (all, null);
        }

        if (watch.IsPaced)
            _paced[watch] = true;
    }

    /// <summary>True if the user of this watch has no other one on the node here: the route must be given up.</summary>
    public bool Remove(Watch watch)
    {
        _paced.TryRemove(watch, out _);
        lock (_lock)
        {
            if (_byNode.GetValueOrDefault(watch.Node).All is not { } all)
                return true;
            if (all.Remove(watch))
                _byNode[watch.Node] = (all, null);
            if (all.Count == 0)
                _byNode.Remove(watch.Node);
            return !all.Exists(other => other.Session.User.Equals(watch.Session.User));
        }
    }

    /// <summary>Sessions behind this gateway that watch the node.</summary>
    public IEnumerable<Session> WatchersOf(Address node) => On(node).Select(watch => watch.Session).Distinct();

    public IEnumerable<Watch> Of(Address node, Address watcher, string id) =>
        On(node).Where(watch => watch.Id == id && watch.Session.User.Equals(watcher));

    /// <summary>
    /// Hands a batch to every watch that it concerns. Gives the subscriptions that ended, which are not told yet: they are
    /// to be forgotten first.
    /// </summary>
    public IReadOnlyList<(Watch Watch, SubscriptionNotice Notice)> Deliver(RouteBatch batch, PendingFlush flush)
    {
        var watches = On(batch.Node);
        if (!batch.Changes.IsDefaultOrEmpty && watches.Length > 0)
        {
            SharedValue[] changes = [.. batch.Changes.Select(change => new SharedValue(batch.Node, change))];
            foreach (var watch in watches)
                watch.Take(changes, batch.View, flush);
        }

        if (batch.Notices.IsDefaultOrEmpty)
            return [];
        List<(Watch Watch, SubscriptionNotice Notice)> ended = [];
        foreach (var notice in batch.Notices)
        {
            foreach (var watch in Of(batch.Node, notice.Watcher, notice.Id))
            {
                if (notice.Event == SubscriptionEvent.Terminated)
                    ended.Add((watch, notice));
                else
                    watch.Take(notice);
            }
        }

        return ended;
    }

    /// <summary>Tells the values that had to wait and need not any more; called about once a second.</summary>
    public void TellHeld()
    {
        foreach (var watch in _paced.Keys)
            watch.TellHeld();
    }

    private Watch[] On(Address node)
    {
        lock (_lock)
        {
            var (all, shown) = _byNode.GetValueOrDefault(node);
            if (all is null)
                return [];
            if (shown is null)
                _byNode[node] = (all, shown = [.. all]);
            return shown;
        }
    }
}
