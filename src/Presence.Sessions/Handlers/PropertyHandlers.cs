using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Handlers;

internal sealed class SetHandler(IGrainFactory grains, HostedDomains domains)
    : NodeHandler<SetCommand>(grains, domains)
{
    public override string Verb => "SET";

    public override IReadOnlyList<string> Fields => SetCommand.Fields;

    protected override (SetCommand Command, Refusal? Refusal) Read(Frame request, Address self) =>
        SetCommand.Read(request, self);

    protected override Address? NodeOf(SetCommand command) => command.Place.Address;

    protected override async ValueTask<Reply> Ask(IUserGrain node, Address asker, SetCommand command) =>
        VersionReply.From(await node.Write(new WriteRequest(asker, command.Changes, command.If)));

    protected override void Note(Session session, Address node, SetCommand command) =>
        session.NoteWritten(node, command.Changes);
}

internal sealed class DeleteHandler(IGrainFactory grains, HostedDomains domains)
    : NodeHandler<DeleteCommand>(grains, domains)
{
    public override string Verb => "DEL";

    public override IReadOnlyList<string> Fields => DeleteCommand.Fields;

    protected override (DeleteCommand Command, Refusal? Refusal) Read(Frame request, Address self) =>
        DeleteCommand.Read(request, self);

    protected override Address? NodeOf(DeleteCommand command) => command.Place.Address;

    protected override async ValueTask<Reply> Ask(IUserGrain node, Address asker, DeleteCommand command) =>
        VersionReply.From(await node.Write(new WriteRequest(asker, command.Changes, command.If)));

    protected override void Note(Session session, Address node, DeleteCommand command) =>
        session.NoteWritten(node, command.Changes);
}

internal static class VersionReply
{
    public static Reply From(WriteAnswer answer) =>
        answer.Refusal is { } refusal ? Reply.From(refusal) : Reply.Ok.With("ver", answer.Version);
}
