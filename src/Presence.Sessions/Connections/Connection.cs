using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Presence.Protocol.Framing;
using Presence.Sessions.Delivery;
using Presence.Sessions.Gateways;
using Presence.Sessions.Transport;

namespace Presence.Sessions.Connections;

/// <summary>
/// The life of one connection: greet, read frames, execute them one at a time in order, end. While a request is executed
/// nothing is read, so a client that sends too much is slowed down by TCP and loses nothing.
/// </summary>
internal sealed partial class Connection
{
    private readonly SessionTransport _transport;
    private readonly SessionOptions _options;
    private readonly Gateway _gateway;
    private readonly VerbTable _verbs;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly FrameReader _reader = new(FrameLimits.BeforeHello);
    private readonly ReplyCache _replies = new();
    private readonly Liveness _liveness;
    private volatile string? _endReason;
    private bool _isOver;

    public Connection(
        SessionTransport transport, SessionOptions options, Gateway gateway, VerbTable verbs, ILogger logger)
    {
        _transport = transport;
        _options = options;
        _gateway = gateway;
        _verbs = verbs;
        _logger = logger;
        _time = gateway.Clock.Time;
        _liveness = new Liveness(options, _time);
        var outbox = transport.Admission is { } admission
            ? new Outbox(transport.Pipe.Output, Admission.MaxEvents, Admission.MaxQueuedOctets, _time)
            {
                MaxEvent = admission.MaxEvent,
            }
            : new Outbox(transport.Pipe.Output, options.Events, options.MaxQueuedOctets, _time);
        Session = new Session(transport, outbox, _time) { End = End };
    }

    public Session Session { get; }

    public async Task Run()
    {
        if (_transport.Admission is null)
            Session.Outbox.Put(0, new Reply(220, "ready").With("v", "1.0").With("id", _gateway.Id));
        try
        {
            if (_transport.Admission is { } admission)
                await Admit(admission);
            await ReadFrames(_transport.Pipe.Input);
        }
        catch (Exception exception) when (exception is IOException or ConnectionAbortedException
            or OperationCanceledException or InvalidOperationException)
        {
            LogTorn(_logger, _transport.Id, exception.Message);
        }

        await Finish();
    }

    /// <summary>Asks the connection to end with <c>421 0 reason</c>; returns at once.</summary>
    public void End(string reason)
    {
        _endReason ??= reason;
        _transport.Pipe.Input.CancelPendingRead();
    }

    /// <summary>Looks at the time; called about once a second.</summary>
    public void Tick()
    {
        if (Session.Outbox.StuckFor > _options.WriteTime)
        {
            LogSlowReader(_logger, _transport.Id, Session.User);
            _ = Session.Outbox.Close();
            _transport.Abort("slow-reader");
            return;
        }

        if (_transport.Admission is not null)
            return;
        switch (_liveness.Judge(Session.Phase))
        {
            case LivenessVerdict.Ask:
                var tag = _liveness.NextPing();
                Session.Outbox.Put((ref FrameWriter writer) =>
                {
                    writer.Request("PING", tag);
                    writer.End();
                });
                break;
            case LivenessVerdict.Dead:
                End("idle");
                break;
        }
    }

    private async Task ReadFrames(PipeReader input)
    {
        while (!_isOver)
        {
            var read = await input.ReadAsync();
            var rest = read.Buffer;
            if (_endReason is { } reason)
                Answer(0, Reply.Last(421, reason));
            if (!rest.IsEmpty)
                _liveness.Received();
            while (!_isOver && await TakeOne(rest) is { } left)
            {
                rest = left;
                if (_endReason is { } late)
                    Answer(0, Reply.Last(421, late));
            }

            _liveness.FrameIsOpen(_reader.IsInsideFrame(rest));
            input.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
                return;
        }
    }

    /// <summary>Executes the first frame; gives what is left, or null if no frame is complete.</summary>
    private async ValueTask<ReadOnlySequence<byte>?> TakeOne(ReadOnlySequence<byte> rest)
    {
        var result = _reader.Read(ref rest);
        switch (result.Status)
        {
            case ReadStatus.Incomplete:
                return null;
            case ReadStatus.Malformed:
                if (result.Fault.Kind == FrameKind.Request)
                    Answer(result.Fault.Tag, FaultReply(result.Fault, isLast: false));
                break;
            case ReadStatus.Broken:
                Answer(0, FaultReply(result.Fault, isLast: true));
                break;
            case ReadStatus.Frame:
                await Take(result.Frame!);
                break;
        }

        return rest;
    }

    private async ValueTask Take(Frame frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.Request:
                await Execute(frame);
                break;
            case FrameKind.Acknowledgement:
                await Acknowledge(frame.Number);
                break;
            case FrameKind.Event:
                // A client has no events in this version; one of a later version is taken note of and ignored.
                Session.Outbox.Put((ref FrameWriter writer) => writer.Acknowledge(frame.Number));
                break;
            case FrameKind.Response:
                // The answer to our PING: that it came is all it says.
                break;
        }
    }

    private async ValueTask Execute(Frame request)
    {
        var verdict = _replies.Judge(request.Number, out var known);
        if (verdict == TagVerdict.Repeat)
        {
            Session.Outbox.Put(request.Number, known!, isRepeat: true);
            await Session.Outbox.Relieved();
            return;
        }

        if (verdict == TagVerdict.Stale)
        {
            Answer(request.Number, new Reply(409, "stale-tag"));
            return;
        }

        var handler = _verbs.Find(request.Verb);
        var reply = _verbs.Check(Session, request) ?? await Handle(handler!, request);
        if (handler is { IsSafe: false })
            _replies.Keep(request.Number, reply);
        if (Session.Phase > Phase.Greeted)
            _reader.Limits = new FrameLimits(_options.MaxLine, _options.MaxBody);
        Answer(request.Number, reply);
        await Session.Outbox.Relieved();
    }

    private async ValueTask<Reply> Handle(IVerbHandler handler, Frame request)
    {
        try
        {
            return await handler.Handle(Session, request);
        }
        catch (Exception exception)
        {
            // The edge: a bug or a failing silo must cost this request only, and must be seen.
            LogFailure(_logger, request.Verb, _transport.Id, exception);
            return exception is TimeoutException ? new Reply(503, "overloaded") : new Reply(500, "error");
        }
    }

    private async ValueTask Acknowledge(long sequence)
    {
        if (Session.Outbox.Acknowledge(sequence) is not { } messages)
            Answer(0, Reply.Last(400, "bad-request"));
        else if (messages.Count > 0)
            await _gateway.Acknowledged(Session, messages);
    }

    private void Answer(long tag, Reply reply)
    {
        Session.Outbox.Put(reply.IsAboutConnection ? 0 : tag, reply);
        reply.After?.Invoke();
        _isOver |= reply.IsLast;
    }

    /// <summary>Order matters: nothing more is taken, what is in the outbox goes out, then the world is told.</summary>
    private async Task Finish()
    {
        var written = Session.Outbox.Close();
        await _gateway.Forget(Session);
        await written;
    }

    private static Reply FaultReply(FrameFault fault, bool isLast) =>
        (isLast ? Reply.Last(fault.Code, fault.Reason) : new Reply(fault.Code, fault.Reason)).With("param", fault.Param);
}
