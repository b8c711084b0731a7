using System.Buffers;
using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Model.Subscriptions;
using Presence.Protocol.Bodies;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;
using Presence.Sessions.Delivery;

namespace Presence.Sessions.Handlers;

internal sealed class ApproveHandler(IGrainFactory grains, HostedDomains domains) : IVerbHandler
{
    public string Verb => "APPROVE";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => ApproveCommand.Fields;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (approve, refusal) = ApproveCommand.Read(request, session.User);
        var node = approve.Place.Address ?? session.User;
        refusal ??= domains.Refuse(node);
        if (refusal is not null)
            return Reply.From(refusal);
        var answer = await grains.GetUser(node).Approve(
            new ApprovalRequest(session.User, approve.Place.Path, approve.Who, approve.Rights));
        return VersionReply.From(answer);
    }
}

internal sealed class DenyHandler(IGrainFactory grains, HostedDomains domains) : IVerbHandler
{
    public string Verb => "DENY";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => DenyCommand.Fields;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (deny, refusal) = DenyCommand.Read(request, session.User);
        var node = deny.Place.Address ?? session.User;
        refusal ??= domains.Refuse(node);
        if (refusal is not null)
            return Reply.From(refusal);
        var answer = await grains.GetUser(node).Deny(
            new DenialRequest(session.User, deny.Who, deny.IsExplicit, deny.Place.Path));
        return VersionReply.From(answer);
    }
}

internal sealed class WatchersHandler(IGrainFactory grains, HostedDomains domains) : IVerbHandler
{
    public string Verb => "WATCHERS";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => WatchersCommand.Fields;

    public bool IsSafe => true;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (watchers, refusal) = WatchersCommand.Read(request, session.User);
        var node = watchers.Place.Address ?? session.User;
        refusal ??= domains.Refuse(node);
        if (refusal is not null)
            return Reply.From(refusal);
        var answer = await grains.GetUser(node).ListWatchers(session.User, watchers.Place.Path);
        if (answer.Refusal is { } refused)
            return Reply.From(refused);

        var listed = Listed(answer.Watchers, watchers).ToList();
        var asked = answer.Queries.Where(query => watchers.WantsQueries && !(query.Last < watchers.Since)).ToList();
        var end = (long)watchers.After + watchers.Max;
        var reply = end < listed.Count + asked.Count ? Reply.Ok.With("next", end) : Reply.Ok;
        return reply.WithBody("text/pip-who", Items(
            listed.Skip(watchers.After).Take(watchers.Max),
            asked.Skip(watchers.After - listed.Count).Take((int)Math.Max(0, end - Math.Max(listed.Count, watchers.After)))));
    }

    private static ReadOnlyMemory<byte> Items(IEnumerable<Subscription> subscriptions, IEnumerable<PastQuery> queries)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new LineBodyWriter(octets);
        foreach (var subscription in subscriptions)
        {
            writer.Item(subscription.Watcher.ToString());
            writer.Param("what", "sub");
            writer.Param("state", SubscriptionWords.Word(subscription.State));
            writer.Param("id", subscription.Id);
            writer.Param("since", subscription.Since);
            writer.End();
        }

        foreach (var query in queries)
        {
            writer.Item(query.Who);
            writer.Param("what", "query");
            writer.Param("n", query.Count);
            if (query.Denied > 0)
                writer.Param("denied", query.Denied);
            writer.Param("last", query.Last);
            writer.End();
        }

        return octets.WrittenMemory;
    }

    private static IEnumerable<Subscription> Listed(IEnumerable<Subscription> all, WatchersCommand asked) => all
        .Where(s => asked.WantsSubscriptions && !(s.Since < asked.Since))
        .Where(s => asked.Place.Path.IsRoot || s.Covers(asked.Place.Path) || s.Path.StartsWith(asked.Place.Path))
        .OrderBy(s => s.Since).ThenBy(s => s.Watcher);
}
