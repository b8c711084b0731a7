using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Messages;
using Presence.Model.Replies;
using Presence.Protocol.Commands;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Handlers;

/// <summary>
/// Interest nodes. Everybody chooses for himself and nobody learns who listens: a message is accepted whether anybody
/// does or not.
/// </summary>
internal sealed class Interests(IGrainFactory grains)
{
    /// <summary>An interest node is for the users of its own domain; others may only send to it.</summary>
    public async Task<Reply> Join(Session session, JoinCommand join, ClassPattern pattern)
    {
        var domain = join.Place.Address!.Value.Domain;
        if (!IsSelf(session, join.Who) || !domain.Equals(session.User.Domain))
            return Reply.From(Refusal.Forbidden);
        if (join.Role is not null || join.Classes is not null)
            return Reply.From(Refusal.BadParameter(join.Role is null ? "classes" : "role"));
        return await grains.GetInterest(domain, pattern).Join(session.User, pattern) is { } refusal
            ? Reply.From(refusal)
            : Reply.Ok.With("state", GroupRoleWords.Word(GroupRole.Member));
    }

    public async Task<Reply> Leave(Session session, LeaveCommand leave, ClassPattern pattern)
    {
        if (!IsSelf(session, leave.Who))
            return Reply.From(Refusal.Forbidden);
        await grains.GetInterest(leave.Place.Address!.Value.Domain, pattern).Leave(session.User, pattern);
        return Reply.Ok;
    }

    /// <summary>To those who joined a pattern with the same first token, and to those whose pattern begins with a wildcard.</summary>
    public async Task<SendAnswer> Send(InstantMessage message, Domain domain, ClassPattern name)
    {
        var isTaken = await grains.GetInterest(domain, name).Post(message);
        return await grains.GetWildInterest(domain).Post(message) && isTaken
            ? SendAnswer.Accepted
            : SendAnswer.Of(Refusal.Overloaded);
    }

    private static bool IsSelf(Session session, Address? who) => who is not { } other || other.Equals(session.User);
}
