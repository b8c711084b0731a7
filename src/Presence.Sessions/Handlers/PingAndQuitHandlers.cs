using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Handlers;

internal sealed class PingHandler : IVerbHandler
{
    public string Verb => "PING";

    public Phase Needs => Phase.Open;

    public IReadOnlyList<string> Fields => [];

    public bool IsSafe => true;

    public ValueTask<Reply> Handle(Session session, Frame request) => ValueTask.FromResult(new Reply(200, "pong"));
}

internal sealed class QuitHandler : IVerbHandler
{
    public string Verb => "QUIT";

    public Phase Needs => Phase.Greeted;

    public IReadOnlyList<string> Fields => [];

    public ValueTask<Reply> Handle(Session session, Frame request) => ValueTask.FromResult(Reply.Last(221, "bye"));
}
