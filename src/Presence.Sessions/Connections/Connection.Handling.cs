using Presence.Protocol.Framing;

namespace Presence.Sessions.Connections;

/// <content>What becomes of a request that fails.</content>
internal sealed partial class Connection
{
    private async ValueTask<Reply> Handle(IVerbHandler handler, Frame request)
    {
        try
        {
            return await handler.Handle(Session, request);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            // A silo is gone or its store is: nothing of ours is wrong, and the client may try again.
            LogNotServed(_logger, request.Verb, _transport.Id, exception.Message);
            return new Reply(503, "overloaded").With("retry", 1);
        }
        catch (Exception exception)
        {
            // The edge: a bug or a failing silo must cost this request only, and must be seen.
            LogFailure(_logger, request.Verb, _transport.Id, exception);
            return new Reply(500, "error");
        }
    }
}
