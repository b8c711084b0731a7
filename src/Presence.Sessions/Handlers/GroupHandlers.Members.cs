using System.Buffers;
using Presence.Contracts;
using Presence.Contracts.Groups;
using Presence.Model.Groups;
using Presence.Model.Replies;
using Presence.Protocol.Bodies;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Abroad;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Handlers;

/// <summary>JOIN of a group, of somebody by a moderator, or of an interest node.</summary>
internal sealed class JoinHandler(
    IGrainFactory grains, HostedDomains domains, ForeignDomains foreign, Interests interests) : IVerbHandler
{
    public string Verb => "JOIN";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => JoinCommand.Fields;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (join, refusal) = JoinCommand.Read(request, session.User);
        refusal ??= domains.Refuse(join.Place) ?? (join.Who is { } other ? foreign.Refuse(other) : null);
        if (refusal is not null)
            return Reply.From(refusal);
        if (InterestNode.TryRead(join.Place, out var pattern))
        {
            // Interests are for the users of a domain: a message of a class does not cross.
            return foreign.Has(session.User)
                ? Reply.From(Refusal.Forbidden)
                : await interests.Join(session, join, pattern);
        }

        var node = join.Place.Address ?? session.User;
        var answer = await grains.GetUser(node).Join(
            new JoinRequest(session.User, join.Who ?? session.User, join.Role, join.Classes));
        return answer.Refusal is { } refused ? Reply.From(refused) : Standing(answer);
    }

    private static Reply Standing(JoinAnswer answer) => answer switch
    {
        { Role: { } role } => Reply.Ok.With("state", GroupRoleWords.Word(role)),
        { Standing: GroupStanding.Pending } => new Reply(202, "pending").With("state", "pending"),
        _ => new Reply(202, "accepted").With("state", GroupStandingWords.Word(answer.Standing)),
    };
}

/// <summary>LEAVE of a group or interest node; with <c>who</c> a moderator removes somebody.</summary>
internal sealed class LeaveHandler(IGrainFactory grains, HostedDomains domains, Interests interests) : IVerbHandler
{
    public string Verb => "LEAVE";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => LeaveCommand.Fields;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (leave, refusal) = LeaveCommand.Read(request, session.User);
        refusal ??= domains.Refuse(leave.Place);
        if (refusal is not null)
            return Reply.From(refusal);
        if (InterestNode.TryRead(leave.Place, out var pattern))
            return await interests.Leave(session, leave, pattern);
        refusal = await grains.GetUser(leave.Place.Address ?? session.User)
            .Leave(session.User, leave.Who ?? session.User);
        return refusal is null ? Reply.Ok : Reply.From(refusal);
    }
}

/// <summary>MEMBERS of a group; those of an interest node nobody sees.</summary>
internal sealed class MembersHandler(IGrainFactory grains, HostedDomains domains) : IVerbHandler
{
    public string Verb => "MEMBERS";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => MembersCommand.Fields;

    public bool IsSafe => true;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (members, refusal) = MembersCommand.Read(request, session.User);
        refusal ??= domains.Refuse(members.Place);
        if (refusal is null && InterestNode.IsAbout(members.Place))
            refusal = Refusal.Forbidden;
        if (refusal is not null)
            return Reply.From(refusal);
        var answer = await grains.GetUser(members.Place.Address ?? session.User)
            .ListMembers(new MembersRequest(session.User, members.Max, members.After));
        return answer.Refusal is { } refused ? Reply.From(refused) : Show(Reply.Ok, answer);
    }

    /// <summary>The number, and the list if the asker may see it.</summary>
    public static Reply Show(Reply reply, MembersAnswer answer)
    {
        reply.With("n", answer.Count);
        return answer.Items is { } items ? reply.WithBody("text/pip-who", Items(items)) : reply;
    }

    private static ReadOnlyMemory<byte> Items(IEnumerable<ListedMember> members)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new LineBodyWriter(octets);
        foreach (var member in members)
        {
            writer.Item(member.Who.ToString());
            if (member.Role is { } role)
                writer.Param("role", GroupRoleWords.Word(role));
            else
                writer.Param("state", GroupStandingWords.Word(member.Standing));
            writer.End();
        }

        return octets.WrittenMemory;
    }
}
