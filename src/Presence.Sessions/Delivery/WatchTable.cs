using System.Collections.Concurrent;
using System.Runtime.InteropServices;
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
    private readonly Dictionary<Address, NodeWatches> _byNode = [];
    private readonly ConcurrentDictionary<Watch, bool> _paced = new();

    public void Add(Watch watch)
    {
        lock (_lock)
        {
            ref var watches = ref CollectionsMarshal.GetValueRefOrAddDefault(_byNode, watch.Node, out _);
            (watches ??= new(watch.Node)).Add(watch);
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
            if (_byNode.GetValueOrDefault(watch.Node) is not { } watches)
                return true;
            watches.Remove(watch);
            if (watches.AreNone)
                _byNode.Remove(watch.Node);
            return !watches.Serve(watch.Session.User);
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
            return _byNode.GetValueOrDefault(node)?.Shown ?? [];
    }

    /// <summary>Those of one node; the table locks.</summary>
    private sealed class NodeWatches(Address node)
    {
        private readonly NewestValue _newest = new(node);
        private readonly List<Watch> _all = [];
        private Watch[]? _shown;

        public bool AreNone => _all.Count == 0;

        /// <summary>An array that does not change.</summary>
        public Watch[] Shown => _shown ??= [.. _all];

        public void Add(Watch watch)
        {
            watch.Newest = _newest;
            _all.Add(watch);
            _shown = null;
        }

        public void Remove(Watch watch)
        {
            if (_all.Remove(watch))
                _shown = null;
        }

        public bool Serve(Address user)
        {
            foreach (var watch in _all)
            {
                if (watch.Session.User.Equals(user))
                    return true;
            }

            return false;
        }
    }
}
