using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Presence.Protocol.Framing;
using Presence.Sessions.Delivery;
using Presence.Sessions.Gateways;
using Presence.Sessions.Metrics;
using Presence.Sessions.Transport;

namespace Presence.Sessions.Connections;

/// <summary>
/// The life of one connection: greet, read frames, execute them in order, end. They are executed one at a time, but for those that
/// may overlap (<see cref="IVerbHandler.Lane"/>). While requests are executed nothing is read, so a client that sends too much is slowed down by TCP and loses nothing. What must outlive the
/// connection stands in <see cref="Session"/>, which RESUME exchanges for an older one.
/// </summary>
internal sealed partial class Connection
{
    /// <summary>Frames of one read that are executed in a row before others get the thread.</summary>
    private const int InARow = 32;

    private readonly SessionTransport _transport;
    private readonly SessionOptions _options;
    private readonly Gateway _gateway;
    private readonly VerbTable _verbs;
    private readonly ILogger _logger;
    private readonly FrameReader _reader = new(FrameLimits.BeforeHello);
    private readonly Liveness _liveness;
    private readonly RateLimit _rate;
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _endAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _endReason;
    private bool _isOver;

    public Connection(
        SessionTransport transport, SessionOptions options, Gateway gateway, VerbTable verbs, ILogger logger)
    {
        var time = gateway.Clock.Time;
        _transport = transport;
        _options = options;
        _gateway = gateway;
        _verbs = verbs;
        _logger = logger;
        _liveness = new Liveness(options, time);
        _rate = new RateLimit(options.RequestsPerSecond, options.RequestBurst, time);
        Wire = new Wire(transport.Pipe.Output, time);
        Session = new Session(transport, options, gateway.Metrics, time) { Connection = this };
    }

    public Session Session { get; private set; }

    public Wire Wire { get; }

    /// <summary>True after QUIT: the client wants no resume.</summary>
    public bool HasQuit { get; private set; }

    /// <summary>True if another connection resumes the session: it is neither parked nor ended with this one.</summary>
    public bool IsTakenOver { get; private set; }

    public async Task Run()
    {
        if (_transport.Admission is null)
            Greet();
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

        await UnderWayEnds();
        await Finish();
    }

    /// <summary>Asks the connection to end with <c>421 0 reason</c>; returns at once.</summary>
    public void End(string reason)
    {
        _endReason ??= reason;
        _endAsked.TrySetResult();
        _transport.Pipe.Input.CancelPendingRead();
    }

    /// <summary>
    /// Ends the connection because another one resumes its session. When the task is complete it has let go of the session:
    /// the request in hand is answered in the session's cache, and nothing is written any more.
    /// </summary>
    public Task GiveWay()
    {
        IsTakenOver = true;
        End("replaced");
        if (Wire.IsWriting)
            Wire.Cut(new Reply(421, "replaced"));
        return _left.Task;
    }

    /// <summary>Goes on with a session of an earlier connection, which must have let go of it.</summary>
    public void Adopt(Session session)
    {
        Session.Connection = null;
        Session = session;
        session.Connection = this;
        session.Transport = _transport;
    }

    /// <summary>Looks at the time; called about once a second.</summary>
    public void Tick()
    {
        Session.Replies.Trim();
        if (Wire.StuckFor > _options.WriteTime)
        {
            CutSlowReader();
            return;
        }

        if (_transport.Admission is not null)
            return;
        switch (_liveness.Judge(Session.Phase))
        {
            case LivenessVerdict.Ask:
                var tag = _liveness.NextPing();
                Wire.Put((ref FrameWriter writer) =>
                {
                    writer.Request("PING", tag);
                    writer.End();
                });
                break;
            case LivenessVerdict.Silent:
                EndBeyond(LimitWords.Idle);
                break;
            case LivenessVerdict.Unknown:
                EndBeyond(LimitWords.LoginTime);
                break;
            case LivenessVerdict.Slow:
                EndBeyond(LimitWords.FrameTime);
                break;
        }
    }

    private async Task ReadFrames(PipeReader input)
    {
        while (!_isOver)
        {
            var read = await input.ReadAsync();
            var rest = read.Buffer;
            await EndIfAsked();
            if (!rest.IsEmpty)
                _liveness.Received();
            for (var taken = 1; !_isOver && _startTls is null && await TakeOne(rest) is { } left; taken++)
            {
                rest = left;
                await EndIfAsked();
                if (taken % InARow == 0)
                    await Task.Yield();
            }

            await UnderWayEnds();
            _liveness.FrameIsOpen(_reader.IsInsideFrame(rest) ? rest.Length : 0);
            input.AdvanceTo(rest.Start, rest.End);
            if (_startTls is not null && !await TakeStartTls(input, rest.IsEmpty))
                return;
            if (read.IsCompleted)
                return;
        }
    }

    private async ValueTask EndIfAsked()
    {
        if (_endReason is not { } reason)
            return;
        await UnderWayEnds();
        Answer(0, EndFor(reason));
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
                await UnderWayEnds();
                CountFault(result.Fault);
                if (result.Fault.Kind == FrameKind.Request)
                    Answer(result.Fault.Tag, FaultReply(result.Fault, isLast: false));
                break;
            case ReadStatus.Broken:
                await UnderWayEnds();
                CountFault(result.Fault);
                Answer(0, FaultReply(result.Fault, isLast: true));
                break;
            case ReadStatus.Frame:
                Session.Key?.Confirm();
                await Take(result.Frame!);
                break;
        }

        return rest;
    }

    private void Answer(long tag, Reply reply)
    {
        Wire.Put(reply.IsAboutConnection ? 0 : tag, reply);
        reply.RunAfter();
        _isOver |= reply.IsLast;
    }

    /// <summary>
    /// Order matters: nothing more is taken, the session is parked or ended or left to another connection, and what was
    /// taken goes out.
    /// </summary>
    private async Task Finish()
    {
        Session.Outbox.Detach(Wire);
        var written = Wire.Close();
        try
        {
            await _gateway.Leave(Session, this);
        }
        finally
        {
            _left.SetResult();
        }

        await written;
    }
}
