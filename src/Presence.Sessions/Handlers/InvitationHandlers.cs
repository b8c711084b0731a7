using Presence.Contracts;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Invitations;
using Presence.Model.Messages;
using Presence.Model.Replies;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Abroad;
using Presence.Sessions.Connections;
using Presence.Sessions.Delivery;
using Presence.Sessions.Forwarding;

namespace Presence.Sessions.Handlers;

internal sealed class InviteHandler(ForwardWalk walk, IEnumerable<Feature> features) : IVerbHandler
{
    private static readonly Refusal TypeRefused = new(415, "type-refused");

    private readonly Feature? _peers = features.FirstOrDefault(feature => feature.Word == Feature.Peer);

    public string Verb => "INVITE";

    public Phase Needs => Phase.Bound;

    public IReadOnlyList<string> Fields => InviteCommand.Fields;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (invite, refusal) = InviteCommand.Read(request, session.User);
        if (_peers?.IsOn != true && IsPeerOffer(invite.Type))
            refusal ??= TypeRefused;
        if (refusal is not null)
            return Reply.From(refusal);
        var answer = await walk.Invite(
            new Invitation(
                session.User, invite.Id, session.Id!, invite.Type, invite.Offer, invite.Life, session.Now + invite.Life)
            {
                TakesRedirect = invite.TakesRedirect,
            },
            invite.To);
        return answer.Refusal == Refusal.Busy ? Busy(session, invite.To, invite.Id) : SendReply.From(answer);
    }

    private static bool IsPeerOffer(string type) =>
        type.Split(';')[0].Trim().Equals("application/pip-peer", StringComparison.OrdinalIgnoreCase);

    /// <summary>Said as an answer and not as a refusal: the invitation has come, and its answer is that it must not ring.</summary>
    private static Reply Busy(Session session, Address callee, string id) =>
        SendReply.From(SendAnswer.Accepted).Then(() => session.Outbox.TryPut(
            new AnswerEvent(new AnswerNotice(callee, null, id, Refusal.Busy.Code, null, default))));
}

internal sealed class AnswerHandler(IGrainFactory grains) : IVerbHandler
{
    public string Verb => "ANSWER";

    public Phase Needs => Phase.Bound;

    public IReadOnlyList<string> Fields => AnswerCommand.Fields;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (answer, refusal) = AnswerCommand.Read(request, session.User);
        refusal ??= await grains.GetUser(session.User).Answer(new AnswerRequest(
            session.Id!, answer.To, answer.Id, answer.Code, answer.Type, answer.Body));
        return SendReply.From(SendAnswer.Of(refusal));
    }
}

internal sealed class CancelHandler(ForwardWalk walk, ForeignMessages foreign) : IVerbHandler
{
    public string Verb => "CANCEL";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => CancelCommand.Fields;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (cancel, refusal) = CancelCommand.Read(request, session.User);
        if (refusal is not null)
            return Reply.From(refusal);
        var end = await walk.Go(
            new Stage(cancel.To, [], InstantMessage.MaxHops, TakesRedirect: false),
            (node, stage) => node.Cancel(session.User, cancel.Id, cancel.Why, stage.Hops),
            stage => foreign.Cancel(session.User, cancel.Id, cancel.Why, stage));
        return SendReply.From(end.Answer);
    }
}

internal sealed class ReferHandler(IGrainFactory grains, HostedDomains domains) : IVerbHandler
{
    public string Verb => "REFER";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => ReferCommand.Fields;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (refer, refusal) = ReferCommand.Read(request, session.User);
        refusal ??= domains.Refuse(refer.Target);
        refusal ??= await grains.GetUser(refer.Target).Refer(new ReferNotice(session.User, refer.To, refer.Why));
        return SendReply.From(SendAnswer.Of(refusal));
    }
}
