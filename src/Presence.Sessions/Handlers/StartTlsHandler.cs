using Presence.Model.Replies;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Handlers;

/// <summary>STARTTLS, where the listener offers it, and before AUTH only. The connection sees to what must not follow it.</summary>
internal sealed class StartTlsHandler : IVerbHandler
{
    public string Verb => "STARTTLS";

    public Phase Needs => Phase.Greeted;

    public IReadOnlyList<string> Fields => [];

    public ValueTask<Reply> Handle(Session session, Frame request)
    {
        if (session.Transport.StartTls is not { } turn)
            return ValueTask.FromResult(new Reply(501, "not-implemented"));
        if (session.Phase > Phase.Open)
            return ValueTask.FromResult(Reply.From(Refusal.NotAllowed));
        turn.Agree();
        return ValueTask.FromResult(Reply.Last(200, "begin-tls"));
    }
}
