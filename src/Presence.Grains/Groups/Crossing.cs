using System.Collections.Immutable;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Metrics;
using Presence.Model.Addresses;
using Presence.Model.Messages;

namespace Presence.Grains.Groups;

/// <summary>
/// Brings messages to gateways: in the order in which they were posted, each once to each gateway, however many members are
/// there. Part of a <see cref="Fanout"/>.
/// </summary>
internal sealed class Crossing(IMemberPost post, GrainMetrics metrics)
{
    private readonly Queue<Parcel> _gathering = new();
    private readonly Dictionary<IGatewayInbox, GatewayRoute> _routes = [];
    private readonly HashSet<Task> _settling = [];

    public bool IsIdle => _routes.Count == 0 && _settling.All(task => task.IsCompleted);

    public Task Idle() => Task.WhenAll(_routes.Values.Select(route => route.Carrying).Concat(_settling));

    /// <summary>A message whose copies are gathered; what is posted later does not go before it.</summary>
    public void Expect(Parcel parcel)
    {
        parcel.Hold();
        _gathering.Enqueue(parcel);
    }

    /// <summary>Sends off what is complete.</summary>
    /// <param name="onCrossed">Is told when all gateways are through with a message.</param>
    public void Depart(Action<Parcel> onCrossed)
    {
        while (_gathering.TryPeek(out var parcel) && parcel.IsComplete)
        {
            _gathering.Dequeue();
            var routes = parcel.Gathered.Where(pair => pair.Value.Count > 0).Select(pair => Route(pair.Key)).ToList();
            foreach (var full in routes.Where(route => route.IsFull).ToList())
            {
                metrics.Held("group-route");
                routes.Remove(full);
                Settle(parcel, parcel.Gathered[full.Gateway]);
            }

            parcel.Depart(routes.Count);
            // On all routes before any departs: what one that is through at once sets free must not go before it on the others.
            foreach (var route in routes)
            {
                parcel.Hold();
                route.Put(parcel);
            }

            foreach (var route in routes)
            {
                if (!route.IsBusy)
                    route.Carrying = Carry(route, onCrossed);
            }

            parcel.Done();
            if (parcel.HasCrossed)
                onCrossed(parcel);
        }
    }

    /// <summary>Copies for this member do not cross any more; the task ends when none is being taken.</summary>
    public async Task Drop(Address who)
    {
        foreach (var parcel in _gathering)
        {
            foreach (var gateway in parcel.Gathered.Keys)
                Drop(parcel, who, gateway);
        }

        foreach (var route in _routes.Values)
        {
            foreach (var parcel in route.Waiting)
                Drop(parcel, who, route.Gateway);
        }

        while (_routes.Values.Where(route => route.Carries(who)).Select(route => route.Carrying).ToList() is { Count: > 0 } busy)
            await Task.WhenAny(busy);
    }

    private void Drop(Parcel parcel, Address who, IGatewayInbox gateway)
    {
        if (parcel.Drop(who, gateway).ToImmutableArray() is { IsEmpty: false } sessions)
            Settle(who, KeyOf(parcel), sessions, isTakenBack: true);
    }

    private GatewayRoute Route(IGatewayInbox gateway)
    {
        if (!_routes.TryGetValue(gateway, out var route))
            _routes[gateway] = route = new GatewayRoute(gateway);
        return route;
    }

    private async Task Carry(GatewayRoute route, Action<Parcel> onCrossed)
    {
        // A gateway in this process is through before this returns, and may be given more by what that sets free.
        route.IsBusy = true;
        try
        {
            while (!route.IsEmpty)
                await CarryLoad(route, onCrossed);
        }
        finally
        {
            route.IsBusy = false;
            _routes.Remove(route.Gateway);
        }
    }

    private async Task CarryLoad(GatewayRoute route, Action<Parcel> onCrossed)
    {
        var load = route.Load();
        var copies = load.SelectMany(parcel => CopiesOf(parcel, parcel.Gathered[route.Gateway])).ToImmutableArray();
        if (!copies.IsEmpty)
        {
            metrics.Crossed();
            var untaken = await post.Cross(route.Gateway, copies);
            foreach (var parcel in load)
                Settle(parcel, Untaken(parcel, parcel.Gathered[route.Gateway], untaken));
        }

        route.Unload();
        foreach (var parcel in load)
        {
            parcel.Crossed();
            parcel.Done();
            if (parcel.HasCrossed)
                onCrossed(parcel);
        }
    }

    /// <summary>Two at the most: for those whose presence the author may know, and for the others, who send no receipts.</summary>
    private static IEnumerable<SharedCopy> CopiesOf(Parcel parcel, List<MemberCopy> copies)
    {
        var message = parcel.Message!.Message;
        if (message.Wants == ReceiptWishes.None)
            return [new SharedCopy(message, [.. copies.Select(copy => copy.Session)])];
        return copies.GroupBy(copy => copy.TellsReceipts).Select(group => new SharedCopy(
            group.Key ? message : message.WithoutReceipts(), [.. group.Select(copy => copy.Session)]));
    }

    private static IEnumerable<MemberCopy> Untaken(Parcel parcel, List<MemberCopy> copies, ImmutableArray<UntakenCopy> untaken)
    {
        if (untaken.IsEmpty)
            return [];
        var sessions = untaken.Where(copy => copy.Message == KeyOf(parcel)).Select(copy => copy.Session)
            .ToHashSet(StringComparer.Ordinal);
        return copies.Where(copy => sessions.Contains(copy.Session));
    }

    private void Settle(Parcel parcel, IEnumerable<MemberCopy> copies)
    {
        foreach (var member in copies.GroupBy(copy => copy.Who, copy => copy.Session).ToList())
            Settle(member.Key, KeyOf(parcel), [.. member], isTakenBack: false);
    }

    private void Settle(Address who, MessageKey key, ImmutableArray<string> sessions, bool isTakenBack)
    {
        _settling.RemoveWhere(task => task.IsCompleted);
        _settling.Add(post.Settle(who, key, sessions, isTakenBack));
    }

    private static MessageKey KeyOf(Parcel parcel) => new(parcel.Message!.Message.From, parcel.Message.Message.Id);
}
