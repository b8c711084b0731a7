using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Handlers;

internal sealed class SetHandler(IGrainFactory grains, HostedDomains domains) : IVerbHandler
{
    public string Verb => "SET";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => SetCommand.Fields;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (set, refusal) = SetCommand.Read(request, session.User);
        var node = set.Place.Address ?? session.User;
        refusal ??= domains.Refuse(node);
        if (refusal is not null)
            return Reply.From(refusal);
        var answer = await grains.GetUser(node)
            .Write(new WriteRequest(session.User, set.Changes, set.If));
        return VersionReply.From(answer);
    }
}

internal sealed class DeleteHandler(IGrainFactory grains, HostedDomains domains) : IVerbHandler
{
    public string Verb => "DEL";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => DeleteCommand.Fields;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (delete, refusal) = DeleteCommand.Read(request, session.User);
        var node = delete.Place.Address ?? session.User;
        refusal ??= domains.Refuse(node);
        if (refusal is not null)
            return Reply.From(refusal);
        var answer = await grains.GetUser(node)
            .Write(new WriteRequest(session.User, delete.Changes, delete.If));
        return VersionReply.From(answer);
    }
}

internal static class VersionReply
{
    public static Reply From(WriteAnswer answer) =>
        answer.Refusal is { } refusal ? Reply.From(refusal) : Reply.Ok.With("ver", answer.Version);
}
