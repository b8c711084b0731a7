using System.Collections.Concurrent;
using Presence.Protocol.Framing;
using Presence.V1;
using Presence.V1.Typed;

namespace Presence.Transports.Grpc;

/// <summary>What a client has asked in a Session stream, until it is answered: which message an answer becomes depends on the request.</summary>
internal sealed class AskedRequests
{
    private readonly ConcurrentQueue<(long Tag, string Answer)> _asked = new();

    /// <param name="tag">Of the request.</param>
    /// <param name="answer">The member of <see cref="Response"/> that a good answer is told by; empty for none.</param>
    public void Add(long tag, string answer) => _asked.Enqueue((tag, answer));

    /// <summary>Responses come in the order of their requests, so the oldest one with the tag is the one answered.</summary>
    public ServerFrame Typed(Frame frame)
    {
        if (frame.Kind == FrameKind.Event)
            return new ServerFrame { Event = TypedFrame.ReadEvent(frame) };
        var answer = "";
        while (frame.Number != 0 && _asked.TryDequeue(out var request))
        {
            answer = request.Answer;
            if (request.Tag == frame.Number)
                break;
        }

        return new ServerFrame { Response = TypedFrame.ReadResponse(frame, answer) };
    }
}
