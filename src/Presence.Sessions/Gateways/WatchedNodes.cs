using System.Collections.Immutable;
using Presence.Contracts;
using Presence.Contracts.Peers;
using Presence.Contracts.Subscriptions;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Sessions.Abroad;

namespace Presence.Sessions.Gateways;

/// <summary>
/// Nodes as they are watched: one of ours by its grain, one of another domain by the mirror that we hold of it, the node of a
/// hosted domain by what its administrators have laid down.
/// </summary>
internal sealed class WatchedNodes(IGrainFactory grains, ForeignDomains foreign, DomainNodes domainNodes)
{
    /// <summary>True if a grain of ours decides who watches it.</summary>
    public bool IsOurs(Address node) => !node.IsDomain && !foreign.Has(node);

    public Task<SubscribeAnswer> Subscribe(Address node, SubscribeRequest request) =>
        foreign.Has(node) ? Mirror(request.Watcher, node).Subscribe(request)
        : node.IsDomain ? domainNodes.Subscribe(node.Domain, request)
        : grains.GetUser(node).Subscribe(request);

    /// <summary>Asks one of ours for several; one alone goes by the call that silos before this version know too.</summary>
    public async Task<ImmutableArray<SubscribeAnswer>> SubscribeAll(Address node, ImmutableArray<SubscribeRequest> requests) =>
        requests is [var one] ? [await Subscribe(node, one)] : await grains.GetUser(node).SubscribeAll(requests);

    public Task<bool> Unsubscribe(Address node, Address watcher, string id) =>
        foreign.Has(node) ? Mirror(watcher, node).Unsubscribe(watcher, id)
        : node.IsDomain ? Task.FromResult(true)
        : grains.GetUser(node).Unsubscribe(watcher, id);

    public Task<ImmutableArray<AttachedSubscription>> Attach(Address node, Address watcher, string route) =>
        foreign.Has(node) ? Mirror(watcher, node).Attach(watcher, route)
        : node.IsDomain ? domainNodes.Standing(node.Domain)
        : grains.GetUser(node).Attach(watcher, route);

    public Task Detach(Address node, Address watcher, string route) =>
        foreign.Has(node) ? Mirror(watcher, node).Detach(watcher, route)
        : node.IsDomain ? Task.CompletedTask
        : grains.GetSubscriptions(node).Detach(watcher, route);

    /// <summary>
    /// Sessions that watched the node are over. The node itself is asked only if something ends with them: a node of somebody
    /// who is away is not woken for a route.
    /// </summary>
    public Task Depart(Address node, ImmutableArray<Departure> departures, string route) =>
        foreign.Has(node) ? DepartAbroad(node, departures, route)
        : node.IsDomain ? Task.CompletedTask
        : departures.Any(gone => gone.Ended.Length > 0) ? grains.GetUser(node).Depart(departures, route)
        : grains.GetSubscriptions(node).Depart(departures, route);

    private async Task DepartAbroad(Address node, ImmutableArray<Departure> departures, string route)
    {
        foreach (var gone in departures)
        {
            var mirror = Mirror(gone.Watcher, node);
            foreach (var id in gone.Ended)
                await mirror.Unsubscribe(gone.Watcher, id);
            if (gone.LeavesRoute)
                await mirror.Detach(gone.Watcher, route);
        }
    }

    private IMirrorGrain Mirror(Address watcher, Address node) => grains.GetMirror(watcher.Domain, node);
}
