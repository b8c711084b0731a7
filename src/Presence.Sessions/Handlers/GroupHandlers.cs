using Presence.Contracts;
using Presence.Contracts.Groups;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Handlers;

/// <summary>CREATE of a group, service or device.</summary>
internal sealed class CreateHandler(IGrainFactory grains, HostedDomains domains) : IVerbHandler
{
    public string Verb => "CREATE";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => CreateCommand.Fields;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (create, refusal) = CreateCommand.Read(request, session.User);
        refusal ??= domains.Refuse(create.Node);
        if (refusal is not null)
            return Reply.From(refusal);
        var answer = await grains.GetUser(create.Node)
            .CreateNode(new NodeCreation(session.User, create.Kind, create.Changes));
        return answer.Refusal is { } refused
            ? Reply.From(refused)
            : new Reply(201, "created").With("ver", answer.Version);
    }
}

/// <summary>DESTROY of a group, service or device by its owner.</summary>
internal sealed class DestroyHandler(IGrainFactory grains, HostedDomains domains) : IVerbHandler
{
    public string Verb => "DESTROY";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => DestroyCommand.Fields;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (destroy, refusal) = DestroyCommand.Read(request, session.User);
        refusal ??= domains.Refuse(destroy.Node)
            ?? await grains.GetUser(destroy.Node).Destroy(session.User, destroy.If);
        return refusal is null ? Reply.Ok : Reply.From(refusal);
    }
}
