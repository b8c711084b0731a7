using System.Buffers;
using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Bodies;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Handlers;

internal sealed class BlockHandler(IGrainFactory grains, HostedDomains domains)
    : NodeHandler<BlockCommand>(grains, domains)
{
    public override string Verb => "BLOCK";

    public override IReadOnlyList<string> Fields => BlockCommand.Fields;

    protected override (BlockCommand Command, Refusal? Refusal) Read(Frame request, Address self) =>
        BlockCommand.Read(request, self);

    protected override Address? NodeOf(BlockCommand command) => command.Node;

    protected override async ValueTask<Reply> Ask(IUserGrain node, Address asker, BlockCommand command) =>
        VersionReply.From(await node.Block(
            new BlockRequest(asker, command.Who.ToString(), command.IsExplicit, command.Scope)));
}

/// <summary>UNBLOCK, ALLOW and UNALLOW: one line of one list.</summary>
internal abstract class PersonHandler(IGrainFactory grains, HostedDomains domains)
    : NodeHandler<PersonCommand>(grains, domains)
{
    public override IReadOnlyList<string> Fields => PersonCommand.Fields;

    protected override (PersonCommand Command, Refusal? Refusal) Read(Frame request, Address self) =>
        PersonCommand.Read(request, self);

    protected override Address? NodeOf(PersonCommand command) => command.Node;

    protected override async ValueTask<Reply> Ask(IUserGrain node, Address asker, PersonCommand command) =>
        VersionReply.From(await Change(node, asker, command.Who.ToString()));

    protected abstract Task<WriteAnswer> Change(IUserGrain node, Address asker, string who);
}

internal sealed class UnblockHandler(IGrainFactory grains, HostedDomains domains) : PersonHandler(grains, domains)
{
    public override string Verb => "UNBLOCK";

    protected override Task<WriteAnswer> Change(IUserGrain node, Address asker, string who) => node.Unblock(asker, who);
}

internal sealed class AllowHandler(IGrainFactory grains, HostedDomains domains) : PersonHandler(grains, domains)
{
    public override string Verb => "ALLOW";

    protected override Task<WriteAnswer> Change(IUserGrain node, Address asker, string who) => node.Allow(asker, who);
}

internal sealed class UnallowHandler(IGrainFactory grains, HostedDomains domains) : PersonHandler(grains, domains)
{
    public override string Verb => "UNALLOW";

    protected override Task<WriteAnswer> Change(IUserGrain node, Address asker, string who) => node.Unallow(asker, who);
}

/// <summary>LISTS: both lists, and which of them is in force.</summary>
internal sealed class ListsHandler(IGrainFactory grains, HostedDomains domains)
    : NodeHandler<ListsCommand>(grains, domains)
{
    public override string Verb => "LISTS";

    public override IReadOnlyList<string> Fields => ListsCommand.Fields;

    public override bool IsSafe => true;

    protected override (ListsCommand Command, Refusal? Refusal) Read(Frame request, Address self) =>
        ListsCommand.Read(request, self);

    protected override Address? NodeOf(ListsCommand command) => command.Node;

    protected override async ValueTask<Reply> Ask(IUserGrain node, Address asker, ListsCommand command)
    {
        var answer = await node.GetLists(asker);
        return answer.Refusal is { } refusal
            ? Reply.From(refusal)
            : Reply.Ok.With("mode", answer.Mode).WithBody("text/pip-who", Items(answer));
    }

    private static ReadOnlyMemory<byte> Items(PersonListAnswer answer)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new LineBodyWriter(octets);
        foreach (var line in answer.Lines)
        {
            writer.Item(line.Who);
            writer.Param("list", line.IsBlock ? "block" : "allow");
            if (line.IsBlock)
                writer.Param("mode", line.IsExplicit ? "explicit" : "polite");
            if (line.IsBlock && line.Scope != Rights.All)
                writer.Param("scope", RightsWords.Format(line.Scope));
            writer.End();
        }

        return octets.WrittenMemory;
    }
}
