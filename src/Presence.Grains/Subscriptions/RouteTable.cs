using Presence.Model.Addresses;

namespace Presence.Grains.Subscriptions;

/// <summary>Which routes serve which watchers of one node. Memory only: gateways assert it again.</summary>
internal sealed class RouteTable
{
    private readonly Dictionary<string, HashSet<Address>> _routes = new(StringComparer.Ordinal);

    public bool IsEmpty => _routes.Count == 0;

    public IEnumerable<string> All => _routes.Keys;

    public void Attach(Address watcher, string route)
    {
        if (!_routes.TryGetValue(route, out var watchers))
            _routes[route] = watchers = [];
        watchers.Add(watcher);
    }

    public void Detach(Address watcher, string route)
    {
        if (_routes.TryGetValue(route, out var watchers) && watchers.Remove(watcher) && watchers.Count == 0)
            _routes.Remove(route);
    }

    public IEnumerable<Address> Watchers(string route) =>
        _routes.GetValueOrDefault(route) ?? Enumerable.Empty<Address>();

    /// <summary>The route is no more; gives whom it served.</summary>
    public IReadOnlyCollection<Address> Remove(string route) => _routes.Remove(route, out var watchers) ? watchers : [];

    public bool Serves(Address watcher) => _routes.Values.Any(watchers => watchers.Contains(watcher));

    public IEnumerable<string> Of(Address watcher) =>
        _routes.Where(route => route.Value.Contains(watcher)).Select(route => route.Key);

    /// <summary>Routes with at least one watcher of which the predicate holds; stops at the first in each route.</summary>
    public IEnumerable<string> With(Func<Address, bool> predicate) =>
        _routes.Where(route => route.Value.Any(predicate)).Select(route => route.Key);
}
