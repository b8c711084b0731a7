using Presence.Protocol.Framing;
using Presence.Sessions.Metrics;

namespace Presence.Sessions.Connections;

/// <content>What becomes of one frame.</content>
internal sealed partial class Connection
{
    private async ValueTask Take(Frame frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.Request when !_rate.TryTake():
                var slower = _rate.IsAbused ? Overloaded : new Reply(429, "slow-down").With("retry", 1);
                _gateway.Counters.Answered(slower.Code);
                _gateway.Metrics.Answered(_verbs.Find(frame.Verb)?.Verb, slower.Code, _gateway.Metrics.Timestamp);

                // The rest begins before the client can know of it.
                var rest = Rest();
                Answer(frame.Number, slower);
                await Relieved();
                await rest;
                break;
            case FrameKind.Request when IsStartTls(frame):
                _startTls = frame;
                break;
            case FrameKind.Request:
                await Execute(frame);
                break;
            case FrameKind.Acknowledgement:
                await Acknowledge(frame.Number);
                break;
            case FrameKind.Event:
                // A client has no events in this version; one of a later version is taken note of and ignored.
                AcknowledgeEvent(frame.Number);
                await Relieved();
                await Charge();
                break;
            case FrameKind.Response:
                // The answer to our PING: that it came is all it says.
                await Charge();
                break;
        }
    }

    private void AcknowledgeEvent(long sequence) => Wire.Put((ref FrameWriter writer) => writer.Acknowledge(sequence));

    private async ValueTask Execute(Frame request)
    {
        var handler = _verbs.Find(request.Verb);
        var lane = handler?.Lane(request);
        if (!MayStart(request, lane))
            await UnderWayEnds();

        // BIND and RESUME change the session; their own tags belong to the connection.
        var started = new Started(request, lane, handler, Session.Replies, _gateway.Metrics.Timestamp);
        var verdict = started.Replies.Judge(request.Number, out var known);
        if (verdict == TagVerdict.Repeat)
        {
            Wire.Put(request.Number, known!, isRepeat: true);
            await Relieved();
            return;
        }

        if (verdict == TagVerdict.Stale)
        {
            Answer(request.Number, new Reply(409, "stale-tag"));
            return;
        }

        var reply = _verbs.Check(Session, request) is { } refusal
            ? new ValueTask<Reply>(refusal)
            : Handle(handler!, request);
        if (lane is not null && (!reply.IsCompleted || _underWay is { Count: > 0 }))
            await GoOn(started, reply);
        else
            await Conclude(started, await reply);
    }

    private Task Conclude(Started started, Reply reply)
    {
        var (request, _, handler, replies, begun) = started;
        if (handler is { IsSafe: false })
            replies.Keep(request.Number, reply);
        if (Session.Phase > Phase.Greeted)
            _reader.Limits = new FrameLimits(_options.MaxLine, _options.MaxBody);
        HasQuit |= reply.Code == 221;
        _gateway.Counters.Answered(reply.Code);
        _gateway.Metrics.Answered(handler?.Verb, reply.Code, begun);
        Answer(request.Number, reply);
        return Relieved();
    }

    /// <summary>What is no request and tells nothing costs as much as one: there is no other way to flood.</summary>
    private Task Charge() => _rate.TryTake() ? Task.CompletedTask : Rest();

    /// <summary>Who goes on after so many refusals is not read for a while, so that refusing him costs others nothing.</summary>
    private async Task Rest()
    {
        if (_rate.Rest is { Ticks: > 0 } rest)
            await _endAsked.Task.WaitAsync(rest, _gateway.Clock.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Nothing more is taken while too many answers wait to be read.</summary>
    private Task Relieved()
    {
        var relieved = Wire.Relieved();
        if (!relieved.IsCompleted)
            _gateway.Metrics.Refused(LimitWords.UnreadAnswers);
        return relieved;
    }

    private async ValueTask Acknowledge(long sequence)
    {
        if (sequence <= Session.Outbox.Acknowledged)
            await Charge();
        if (Session.Outbox.Acknowledge(sequence) is not { } messages)
            Answer(0, Reply.Last(400, "bad-request"));
        else if (messages.Length > 0)
            _gateway.Acknowledged(Session, messages);
    }
}
