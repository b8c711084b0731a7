using Presence.Contracts;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Replies;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;
using Presence.Sessions.Gateways;

namespace Presence.Sessions.Handlers;

/// <summary>
/// RESUME: a session of an earlier connection goes on with this one, be it of this gateway or of another
/// (docs/protocol/sessions.md).
/// </summary>
internal sealed class ResumeHandler(IGrainFactory grains, Gateway gateway, WatchedNodes nodes) : IVerbHandler
{
    public string Verb => "RESUME";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => ResumeCommand.Fields;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var reply = await Resume(session, request);
        gateway.Metrics.Resumed(reply.Code);
        return reply;
    }

    private async ValueTask<Reply> Resume(Session session, Frame request)
    {
        if (session.Phase == Phase.Bound || session.Connection is not { } connection)
            return new Reply(405, "not-allowed");
        var (resume, refusal) = ResumeCommand.Read(request);
        if (refusal is not null)
            return Reply.From(refusal);
        return gateway.Find(resume.Session) is { } here
            ? await ResumeHere(connection, here, resume)
            : await TakeOver(connection, resume);
    }

    private async Task<Reply> ResumeHere(Connection connection, Session session, ResumeCommand resume)
    {
        if (gateway.CheckResume(session, connection.Session.User, resume.Key, resume.Seen) is { } refusal)
            return Reply.From(refusal);
        if (!session.TryClaim())
            return Reply.From(Refusal.Overloaded).With("retry", 1);
        try
        {
            if (session.Connection is { } former)
                await former.GiveWay();
            if (session.IsOver || !await grains.GetUser(session.User).Resume(session.Endpoint!, session.Id!))
            {
                await gateway.Forget(session);
                return Reply.From(SessionReplies.Gone);
            }

            gateway.Unpark(session);
            return await GoOn(connection, session, resume);
        }
        finally
        {
            session.Unclaim();
        }
    }

    private async Task<Reply> TakeOver(Connection connection, ResumeCommand resume)
    {
        var user = grains.GetUser(connection.Session.User);
        var answer = await user.TakeOver(new TakeOverRequest(
            resume.Session, resume.Key, resume.Seen, gateway.Inbox!, gateway.Route));
        if (answer.Session is not { } snapshot)
            return Reply.From(answer.Refusal ?? SessionReplies.Gone);

        var session = gateway.Receive(connection.Session, resume.Session, snapshot, resume.Key);
        await gateway.Attach(session, session.Watches.Values, tells: true);
        await LeaveRoute(session, snapshot);
        return await GoOn(connection, session, resume);
    }

    /// <summary>The old route is left only now that the new one stands: subscriptions of the session live as long as one does.</summary>
    private Task LeaveRoute(Session session, SessionSnapshot snapshot) => Task.WhenAll(
        snapshot.Watches.Where(watch => watch.MustLeaveRoute).Select(watch => watch.Node).Distinct()
            .Select(node => nodes.Detach(node, session.User, snapshot.Route)));

    private async Task<Reply> GoOn(Connection connection, Session session, ResumeCommand resume)
    {
        var seen = session.Outbox.Acknowledge(resume.Seen) ?? [];
        if (seen.Length > 0)
            gateway.Acknowledged(session, seen);
        connection.Adopt(session);
        return Reply.Ok.With("ep", session.Endpoint).With("sid", session.Id).With("key", session.Key!.Rotate(resume.Key))
            .With("ttl", (long)gateway.ResumeTime.TotalSeconds).With("next", session.Replies.Next)
            .Then(() => session.Outbox.Attach(connection.Wire));
    }
}
