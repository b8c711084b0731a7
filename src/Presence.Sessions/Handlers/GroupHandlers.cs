using Presence.Contracts.Groups;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Handlers;

/// <summary>CREATE of a group, service, device or feed.</summary>
internal sealed class CreateHandler(IGrainFactory grains, HostedDomains domains)
    : NodeHandler<CreateCommand>(grains, domains)
{
    public override string Verb => "CREATE";

    public override IReadOnlyList<string> Fields => CreateCommand.Fields;

    protected override (CreateCommand Command, Refusal? Refusal) Read(Frame request, Address self) =>
        CreateCommand.Read(request, self);

    protected override Address? NodeOf(CreateCommand command) => command.Node;

    protected override async ValueTask<Reply> Ask(IUserGrain node, Address asker, CreateCommand command)
    {
        var answer = await node.CreateNode(new NodeCreation(asker, command.Kind, command.Changes));
        return answer.Refusal is { } refused
            ? Reply.From(refused)
            : new Reply(201, "created").With("ver", answer.Version);
    }
}

/// <summary>DESTROY of a group, service, device or feed by its owner.</summary>
internal sealed class DestroyHandler(IGrainFactory grains, HostedDomains domains)
    : NodeHandler<DestroyCommand>(grains, domains)
{
    public override string Verb => "DESTROY";

    public override IReadOnlyList<string> Fields => DestroyCommand.Fields;

    protected override (DestroyCommand Command, Refusal? Refusal) Read(Frame request, Address self) =>
        DestroyCommand.Read(request, self);

    protected override Address? NodeOf(DestroyCommand command) => command.Node;

    protected override async ValueTask<Reply> Ask(IUserGrain node, Address asker, DestroyCommand command) =>
        await node.Destroy(asker, command.If) is { } refusal ? Reply.From(refusal) : Reply.Ok;
}
