using System.Buffers;
using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Replies;
using Presence.Protocol.Bodies;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Handlers;

internal sealed class GetHandler(IGrainFactory grains, HostedDomains domains) : IVerbHandler
{
    public string Verb => "GET";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => GetCommand.Fields;

    public bool IsSafe => true;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (get, refusal) = GetCommand.Read(request, session.User);
        var node = get.Place.Address ?? session.User;
        refusal ??= domains.Refuse(node);
        if (refusal is not null)
            return Reply.From(refusal);
        var answer = await grains.GetUser(node).Read(new ReadRequest(session.User, get.Place.Path));
        if (answer.Refusal is { } refused)
            return Reply.From(refused);
        return answer.IsContainer
            ? Reply.Ok.WithBody("text/pip-props", Items(answer, get.Place.Path))
            : Single(answer.Properties[0], get.IfNot, session.Now);
    }

    private static Reply Single(Property property, long? ifNot, DateTimeOffset now)
    {
        if (property.Version == ifNot)
            return Reply.From(Refusal.NotModified(property.Version));
        var reply = Reply.Ok.With("ver", property.Version);
        if (property.Value.Text is { } text)
            reply.With("val", text);
        if (property.Value.Language is { } language)
            reply.With("lang", language);
        if (property.LeaseEnds is { } end)
            reply.With("lease", (long)Math.Ceiling((end - now).TotalSeconds)).With("default", property.Default?.Text);
        reply.With("t", property.ChangedAt);
        return property.Value.Text is null
            ? reply.WithBody(property.Value.Type ?? MessageDefaults.Type, property.Value.Body)
            : reply;
    }

    /// <summary>One line a property. A typed body is told by type and size; GET it by name.</summary>
    private static ReadOnlyMemory<byte> Items(ReadAnswer answer, PropertyPath container)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new LineBodyWriter(octets);
        foreach (var property in answer.Properties)
        {
            var path = property.Path.ToString();
            writer.Item(container.IsRoot ? path : path[(container.ToString().Length + 1)..]);
            writer.Param("ver", property.Version);
            if (property.Value.Text is { } text)
                writer.Param("val", text);
            if (property.Value.Type is { } type)
            {
                writer.Param("type", type);
                writer.Param("size", property.Value.Body.Length);
            }

            writer.Param("t", property.ChangedAt);
            writer.End();
        }

        return octets.WrittenMemory;
    }
}

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
            .Write(new WriteRequest(session.User, [new PropertyChange(delete.Place.Path, null)], delete.If));
        return VersionReply.From(answer);
    }
}

internal static class VersionReply
{
    public static Reply From(WriteAnswer answer) =>
        answer.Refusal is { } refusal ? Reply.From(refusal) : Reply.Ok.With("ver", answer.Version);
}
