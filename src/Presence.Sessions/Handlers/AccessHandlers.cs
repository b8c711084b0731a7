using System.Buffers;
using System.Collections.Immutable;
using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Bodies;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Handlers;

/// <summary>GETACL: the list that applies at a place; <c>at=</c> tells where it stands if that is elsewhere.</summary>
internal sealed class GetAccessHandler(IGrainFactory grains, HostedDomains domains)
    : NodeHandler<GetAccessCommand>(grains, domains)
{
    public override string Verb => "GETACL";

    public override IReadOnlyList<string> Fields => GetAccessCommand.Fields;

    public override bool IsSafe => true;

    protected override (GetAccessCommand Command, Refusal? Refusal) Read(Frame request, Address self) =>
        GetAccessCommand.Read(request, self);

    protected override Address? NodeOf(GetAccessCommand command) => command.Place.Address;

    protected override async Task<Reply?> AskDomain(
        IGrainFactory grains, Domain domain, Address asker, GetAccessCommand command) =>
        ReplyTo(await grains.GetDomainPolicy(domain).GetAccess(asker, command.Place.Path), command);

    protected override async ValueTask<Reply> Ask(IUserGrain node, Address asker, GetAccessCommand command) =>
        ReplyTo(await node.GetAccess(asker, command.Place.Path), command);

    private static Reply ReplyTo(AccessListAnswer answer, GetAccessCommand command)
    {
        if (answer.Refusal is { } refusal)
            return Reply.From(refusal);
        var reply = Reply.Ok.With("ver", answer.Version);
        if (!answer.Place.Equals(command.Place.Path))
            reply.With("at", $"~/{answer.Place}".TrimEnd('/'));
        return reply.WithBody(SetAccessCommand.BodyType, Items(answer.Lines));
    }

    private static ReadOnlyMemory<byte> Items(ImmutableArray<AccessLine> lines)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new LineBodyWriter(octets);
        foreach (var line in lines)
        {
            writer.Item(line.Effect, line.Who, line.Rights);
            if (line.Path is { } path)
                writer.Param("path", path);
            writer.End();
        }

        return octets.WrittenMemory;
    }
}

internal sealed class SetAccessHandler(IGrainFactory grains, HostedDomains domains)
    : NodeHandler<SetAccessCommand>(grains, domains)
{
    public override string Verb => "SETACL";

    public override IReadOnlyList<string> Fields => SetAccessCommand.Fields;

    protected override (SetAccessCommand Command, Refusal? Refusal) Read(Frame request, Address self) =>
        SetAccessCommand.Read(request, self);

    protected override Address? NodeOf(SetAccessCommand command) => command.Place.Address;

    protected override async Task<Reply?> AskDomain(
        IGrainFactory grains, Domain domain, Address asker, SetAccessCommand command) =>
        VersionReply.From(await grains.GetDomainPolicy(domain).SetAccess(RequestOf(asker, command)));

    protected override async ValueTask<Reply> Ask(IUserGrain node, Address asker, SetAccessCommand command) =>
        VersionReply.From(await node.SetAccess(RequestOf(asker, command)));

    private static AccessListRequest RequestOf(Address asker, SetAccessCommand command) =>
        new(asker, command.Place.Path, command.If, [.. command.Entries.Select(AccessLine.Of)]);
}
