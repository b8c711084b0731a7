using System.Buffers;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Model.Subscriptions;
using Presence.Protocol.Bodies;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;
using Presence.Sessions.Delivery;

namespace Presence.Sessions.Handlers;

internal sealed class ApproveHandler(IGrainFactory grains, HostedDomains domains)
    : NodeHandler<ApproveCommand>(grains, domains)
{
    public override string Verb => "APPROVE";

    public override IReadOnlyList<string> Fields => ApproveCommand.Fields;

    protected override (ApproveCommand Command, Refusal? Refusal) Read(Frame request, Address self) =>
        ApproveCommand.Read(request, self);

    protected override Address? NodeOf(ApproveCommand command) => command.Place.Address;

    protected override async ValueTask<Reply> Ask(IUserGrain node, Address asker, ApproveCommand command) =>
        VersionReply.From(await node.Approve(
            new ApprovalRequest(asker, command.Place.Path, command.Who, command.Rights)));
}

internal sealed class DenyHandler(IGrainFactory grains, HostedDomains domains)
    : NodeHandler<DenyCommand>(grains, domains)
{
    public override string Verb => "DENY";

    public override IReadOnlyList<string> Fields => DenyCommand.Fields;

    protected override (DenyCommand Command, Refusal? Refusal) Read(Frame request, Address self) =>
        DenyCommand.Read(request, self);

    protected override Address? NodeOf(DenyCommand command) => command.Place.Address;

    protected override async ValueTask<Reply> Ask(IUserGrain node, Address asker, DenyCommand command) =>
        VersionReply.From(await node.Deny(
            new DenialRequest(asker, command.Who, command.IsExplicit, command.Place.Path)));
}

internal sealed class WatchersHandler(IGrainFactory grains, HostedDomains domains)
    : NodeHandler<WatchersCommand>(grains, domains)
{
    public override string Verb => "WATCHERS";

    public override IReadOnlyList<string> Fields => WatchersCommand.Fields;

    public override bool IsSafe => true;

    protected override (WatchersCommand Command, Refusal? Refusal) Read(Frame request, Address self) =>
        WatchersCommand.Read(request, self);

    protected override Address? NodeOf(WatchersCommand command) => command.Place.Address;

    protected override async ValueTask<Reply> Ask(IUserGrain node, Address asker, WatchersCommand command)
    {
        var answer = await node.ListWatchers(asker, command.Place.Path);
        if (answer.Refusal is { } refused)
            return Reply.From(refused);

        var listed = Listed(answer.Watchers, command).ToList();
        var asked = answer.Queries.Where(query => command.WantsQueries && !(query.Last < command.Since)).ToList();
        var end = (long)command.After + command.Max;
        var reply = end < listed.Count + asked.Count ? Reply.Ok.With("next", end) : Reply.Ok;
        return reply.WithBody("text/pip-who", Items(
            listed.Skip(command.After).Take(command.Max),
            asked.Skip(command.After - listed.Count).Take((int)Math.Max(0, end - Math.Max(listed.Count, command.After)))));
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
