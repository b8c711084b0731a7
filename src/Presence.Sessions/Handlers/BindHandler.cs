using System.Security.Cryptography;
using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Subscriptions;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;
using Presence.Sessions.Delivery;
using Presence.Sessions.Gateways;

namespace Presence.Sessions.Handlers;

/// <summary>Begins the session: from here on events flow.</summary>
internal sealed class BindHandler(IGrainFactory grains, Gateway gateway) : IVerbHandler
{
    public string Verb => "BIND";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => BindCommand.Fields;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        if (session.Phase == Phase.Bound)
            return new Reply(405, "not-allowed");
        var (bind, refusal) = BindCommand.Read(request);
        if (refusal is not null)
            return Reply.From(refusal);

        session.Endpoint = bind.Endpoint ?? $"e{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        var id = gateway.Register(session);
        var answer = await Bind(session, new EndpointBinding(
            session.Endpoint, id, bind.Priority, bind.Show, bind.Take, gateway.Inbox!, bind.Copy));
        if (answer.Refusal is { } refused)
            return Reply.From(refused);

        session.Phase = Phase.Bound;
        await Task.WhenAll(answer.Watching.GroupBy(w => w.Node).Select(group => Attach(session, group.Key, [.. group])));
        return Reply.Ok.With("ep", session.Endpoint).With("sid", id).With("ttl", 0).Then(() =>
        {
            foreach (var waiting in answer.Requests)
                session.Outbox.TryPut(new WatcherEvent(waiting));
        });
    }

    private async Task<BindAnswer> Bind(Session session, EndpointBinding binding)
    {
        var isBound = false;
        try
        {
            var answer = await grains.GetUser(session.User).Bind(binding);
            isBound = answer.Refusal is null;
            return answer;
        }
        finally
        {
            if (!isBound)
                gateway.Unregister(session);
        }
    }

    /// <summary>Serves what the user watches at one node. What is no longer on record there has ended meanwhile.</summary>
    private async Task Attach(Session session, Address node, IReadOnlyList<WatchedNode> watched)
    {
        var watches = watched.Select(w => new Watch(session, node, w.Id, w.Path, isSessionBound: false)).ToList();
        watches.ForEach(gateway.Serve);
        var entries = await grains.GetUser(node).Attach(session.User, gateway.Route);
        foreach (var watch in watches)
        {
            if (entries.FirstOrDefault(entry => entry.Id == watch.Id) is { } entry)
            {
                // Current values are the client's to ask for: it may have them from before.
                watch.Open(entry.State, entry.Snapshot, tellsSnapshot: false);
                continue;
            }

            watch.Open(SubscriptionState.Pending, [], tellsSnapshot: false);
            session.Outbox.TryPut(new StateEvent(watch, SubscriptionWords.Terminated, "deactivated"));
            await gateway.Drop(watch);
            await grains.GetUser(session.User).ForgetWatching(watch.Id);
        }
    }
}
