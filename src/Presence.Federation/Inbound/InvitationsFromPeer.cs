using Presence.Contracts;
using Presence.Contracts.Routes;
using Presence.Model.Invitations;
using Presence.Model.Replies;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Abroad;
using Presence.Sessions.Connections;
using Presence.Sessions.Forwarding;
using Presence.Sessions.Handlers;

namespace Presence.Federation.Inbound;

/// <summary>INVITE of one of ours.</summary>
internal sealed class InviteFromPeer(ForwardWalk walk, PresenceClock clock) : IPeerVerb
{
    public string Verb => "INVITE";

    public string[] Fields { get; } = [.. InviteCommand.Fields, "from", "via", "hops"];

    public async ValueTask<Reply> Handle(PeerAsker asker, Frame frame)
    {
        var (invite, refusal) = InviteCommand.Read(frame, asker.From);
        if (refusal is not null)
            return Reply.From(refusal);
        if (!PeerWay.TryRead(frame, out var via, out var hops))
            return Reply.From(Refusal.BadParameter("via"));

        // The caller's session is known to his home, which the answer is sent to.
        var answer = await walk.Invite(
            new Invitation(
                asker.From, invite.Id, "", invite.Type, invite.Offer, invite.Life, clock.Now + invite.Life)
            {
                TakesRedirect = invite.TakesRedirect,
                Via = via,
                Hops = hops,
            },
            invite.To);
        return SendReply.From(answer);
    }
}

/// <summary>ANSWER to one of ours, who has invited somebody there.</summary>
internal sealed class AnswerFromPeer(IGrainFactory grains) : IPeerVerb
{
    public string Verb => "ANSWER";

    public string[] Fields { get; } = [.. AnswerCommand.Fields, "from", "ep"];

    public async ValueTask<Reply> Handle(PeerAsker asker, Frame frame)
    {
        var (answer, refusal) = AnswerCommand.Read(frame, asker.From);
        if (refusal is not null)
            return Reply.From(refusal);
        var session = await grains.GetPeerDomain(asker.Pair).FindCaller(answer.To, answer.Id);
        var isHeard = session is not null && await grains.GetUser(answer.To).TakeAnswer(session, new AnswerNotice(
            asker.From, frame.Parameters["ep"], answer.Id, answer.Code, answer.Type, answer.Body));
        return isHeard ? new Reply(202, "accepted") : Reply.From(Refusal.NoSuchTransaction);
    }
}

/// <summary>CANCEL of an invitation that rings here.</summary>
internal sealed class CancelFromPeer(ForwardWalk walk, ForeignMessages foreign) : IPeerVerb
{
    public string Verb => "CANCEL";

    public string[] Fields { get; } = [.. CancelCommand.Fields, "from", "via", "hops"];

    public async ValueTask<Reply> Handle(PeerAsker asker, Frame frame)
    {
        var (cancel, refusal) = CancelCommand.Read(frame, asker.From);
        if (refusal is not null)
            return Reply.From(refusal);
        if (!PeerWay.TryRead(frame, out var via, out var hops))
            return Reply.From(Refusal.BadParameter("via"));
        var end = await walk.Go(
            new Stage(cancel.To, via, hops, TakesRedirect: false),
            (node, stage) => node.Cancel(asker.From, cancel.Id, cancel.Why, stage.Hops),
            stage => foreign.Cancel(asker.From, cancel.Id, cancel.Why, stage));
        return SendReply.From(end.Answer);
    }
}
