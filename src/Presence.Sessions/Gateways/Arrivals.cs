using System.Collections.Immutable;
using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Replies;

namespace Presence.Sessions.Gateways;

/// <summary>
/// Asks nodes to be watched. Who wants to watch a node of ours while it answers others goes with the next call, and so does what a
/// user wants to be remembered of it: when many come at once, or one comes with a long list, there are few calls and
/// few writes (<c>bench storm</c>, decision 0099). May be used from any thread.
/// </summary>
internal sealed class Arrivals
{
    private readonly WatchedNodes _nodes;
    private readonly Departures _departures;
    private readonly Gathering<SubscribeRequest, SubscribeAnswer> _asking;
    private readonly Gathering<WatchedNode, Refusal?> _remembering;

    public Arrivals(IGrainFactory grains, WatchedNodes nodes, Departures departures)
    {
        (_nodes, _departures) = (nodes, departures);
        _asking = new Gathering<SubscribeRequest, SubscribeAnswer>(SubscribeAll);
        _remembering = new Gathering<WatchedNode, Refusal?>((user, watched) => Remember(grains.GetUser(user), watched));
    }

    /// <summary>
    /// The answer of the watched node. It is asked when it knows of all who have left it, so that who comes back is not taken for
    /// who has left; requests to one node of ours reach it in the order of these calls.
    /// </summary>
    public Task<SubscribeAnswer> Subscribe(Address node, SubscribeRequest request) =>
        _nodes.IsOurs(node) ? _asking.Ask(node, request) : SubscribeAlone(node, request);

    /// <summary>Lets the user's own node remember what he watches; gives why it does not, or null.</summary>
    public Task<Refusal?> Remember(Address user, WatchedNode watched) => _remembering.Ask(user, watched);

    private async Task<SubscribeAnswer> SubscribeAlone(Address node, SubscribeRequest request)
    {
        await _departures.Known(node);
        return await _nodes.Subscribe(node, request);
    }

    private async Task<ImmutableArray<SubscribeAnswer>> SubscribeAll(Address node, ImmutableArray<SubscribeRequest> asked)
    {
        await _departures.Known(node);
        return await _nodes.SubscribeAll(node, asked);
    }

    private static async Task<ImmutableArray<Refusal?>> Remember(IUserGrain grain, ImmutableArray<WatchedNode> watched) =>
        watched is [var one] ? [await grain.RememberWatching(one)] : await grain.RememberAllWatching(watched);
}
