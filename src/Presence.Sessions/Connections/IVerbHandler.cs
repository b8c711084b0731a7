using Presence.Protocol.Framing;

namespace Presence.Sessions.Connections;

/// <summary>
/// One verb: reads its command, asks a grain, gives the reply. To add a verb is one handler, one line in
/// <see cref="SessionServices"/>, one conversation.
/// </summary>
public interface IVerbHandler
{
    string Verb { get; }

    /// <summary>The phase that must be reached.</summary>
    Phase Needs { get; }

    /// <summary>Parameters that it understands; another one marked critical is refused with 420.</summary>
    IReadOnlyList<string> Fields { get; }

    /// <summary>True if executing it again does no harm, so that its reply need not be kept.</summary>
    bool IsSafe => false;

    /// <summary>True if somebody who has not authenticated may try it, where the operator lets such people in at all.</summary>
    bool ServesAnonymous => false;

    /// <summary>
    /// Null, as usual, for a request that is executed alone. Requests of one verb with different words may be executed at the
    /// same time: then it must not matter which is first, but for what begins before <see cref="Handle"/> first waits.
    /// </summary>
    string? Lane(Frame request) => null;

    /// <summary>
    /// Answers one request. Refusals are replies. An exception is a bug or a failing silo; the connection answers 500
    /// and lives on.
    /// </summary>
    ValueTask<Reply> Handle(Session session, Frame request);
}
