using System.Threading.Channels;
using Presence.Client.Connections;
using Presence.Protocol.Framing;

namespace Presence.Client.Peers;

/// <summary>
/// A connection on which both sides ask, answer and tell. What the other side asks is served one after another, so that
/// its messages keep their order. Whatever goes wrong ends the connection: the home servers are still there.
/// </summary>
internal sealed class PeerLink : IAsyncDisposable
{
    /// <summary>Requests of the other side that may wait to be served.</summary>
    public const int InFlight = 64;

    /// <summary>Events that the other side may leave unacknowledged.</summary>
    public const int MaxEvents = 256;

    public const int MaxLine = 4096;
    public const int MaxBody = 65_536;
    public static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    private readonly Stream _stream;
    private readonly PeerOptions _options;
    private readonly OutgoingFrames _outgoing;
    private readonly EventInbox _inbox;
    private readonly PendingRequests _pending = new();
    private readonly KeepAlive _keepAlive;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<Frame> _requests = Channel.CreateBounded<Frame>(InFlight);
    private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<PipConnectionException> _ended =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Lock _telling = new();
    private readonly Task _running;
    private volatile Func<Frame, ValueTask<PeerReply>> _serve;
    private long _lastEvent;
    private long _acknowledged;
    private int _isEnding;

    /// <param name="stream">Owned from now on.</param>
    /// <param name="serve">Answers the other side's requests until <see cref="Serve"/> names another.</param>
    /// <param name="options">Time, patience and trace.</param>
    public PeerLink(Stream stream, Func<Frame, ValueTask<PeerReply>> serve, PeerOptions options)
    {
        (_stream, _serve, _options) = (stream, serve, options);
        _outgoing = new OutgoingFrames(options.Trace, End);
        _inbox = new EventInbox(ignoresUnknown: true, sequence =>
            _outgoing.Post((ref writer, number) => writer.Acknowledge(number), sequence));
        _keepAlive = new KeepAlive(options.Time, Idle, ping: () => _outgoing.Post((ref writer, tag) =>
        {
            writer.Request("PING", tag);
            writer.End();
        }), giveUp: () => End(PipConnectionException.Silent(Idle * 1.5)));
        _running = Run();
    }

    /// <summary>Completes with the greeting of the side that was connected to.</summary>
    public Task Greeted => _greeted.Task;

    /// <summary>Completes with the reason when the connection has ended; never with an error.</summary>
    public Task<PipConnectionException> Ended => _ended.Task;

    /// <summary>What the other side tells; confirm it by <see cref="Acknowledge"/>.</summary>
    public ChannelReader<Frame> Events => _inbox.Frames;

    /// <summary>From now on requests are answered by this.</summary>
    public void Serve(Func<Frame, ValueTask<PeerReply>> serve) => _serve = serve;

    public void Greet() => _outgoing.Post((ref writer, tag) =>
    {
        writer.Response(220, tag, "ready");
        writer.Param("v", "1.0");
        writer.End();
    }, number: 0);

    /// <exception cref="PipConnectionException">The connection ended.</exception>
    /// <exception cref="TimeoutException">No answer in time.</exception>
    public async Task<Frame> Request(RequestBuilder build, CancellationToken cancellation)
    {
        var tag = 0L;
        Task<Frame>? answer = null;
        _outgoing.Request(build, taken => (tag, answer) = (taken, _pending.Add(taken)));
        try
        {
            return await answer!.WaitAsync(_options.RequestTimeout, _options.Time, cancellation);
        }
        finally
        {
            _pending.Forget(tag);
        }
    }

    /// <summary>Sends an event under the next number. Who does not acknowledge loses the connection.</summary>
    public void Tell(RequestBuilder build)
    {
        lock (_telling)
        {
            if (_lastEvent - _acknowledged < MaxEvents)
                _outgoing.Post(build, ++_lastEvent);
            else
                End(new PipConnectionException(0, "stuck", "The other side does not acknowledge what it is told."));
        }
    }

    public void Acknowledge(long sequence) => _inbox.Acknowledge(sequence);

    public async ValueTask DisposeAsync()
    {
        End(PipConnectionException.Disposed());
        await _running;
    }

    private async Task Run()
    {
        var incoming = new IncomingFrames(
            new FrameLimits(MaxLine, MaxBody), _options.Trace, Take, () => _keepAlive.Heard());
        var writing = _outgoing.WriteTo(_stream, _stopping.Token);
        var serving = ServeAll();
        End(await incoming.ReadFrom(_stream, _stopping.Token));
        await writing;
        await serving;
        await _ended.Task;
        await _stream.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task ServeAll()
    {
        try
        {
            await foreach (var request in _requests.Reader.ReadAllAsync(_stopping.Token))
            {
                var reply = request.Verb == "PING" ? new PeerReply(200, "pong") : await _serve(request);
                _outgoing.Post((ref writer, tag) => reply.Write(ref writer, tag), request.Number);
            }
        }
        catch (Exception exception)
        {
            // The edge of the connection, as in reading: without it the home servers take over.
            End(PipConnectionException.Lost(exception));
        }
    }

    private PipConnectionException? Take(ReadResult result) => result.Status == ReadStatus.Frame
        ? Take(result.Frame!)
        : PipConnectionException.Protocol($"it sent what deserves {result.Fault.Code} {result.Fault.Reason}");

    private PipConnectionException? Take(Frame frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.Response when frame.Number == 0:
                _greeted.TrySetResult();
                return frame.Code < 400 ? null : PipConnectionException.Told(frame.Code, frame.Reason, text: null);
            case FrameKind.Response when frame.Code >= 200:
                _pending.Answer(frame);
                return null;
            case FrameKind.Event:
                return _inbox.Accept(frame);
            case FrameKind.Acknowledgement:
                return TakeAcknowledgement(frame.Number);
            case FrameKind.Request when !_requests.Writer.TryWrite(frame):
                return new PipConnectionException(0, "flooded", "The other side sent more requests than it may.");
            default:
                return null;
        }
    }

    private PipConnectionException? TakeAcknowledgement(long sequence)
    {
        lock (_telling)
        {
            if (sequence > _lastEvent)
                return PipConnectionException.Protocol($"it acknowledged #{sequence}, which there is not");

            _acknowledged = Math.Max(_acknowledged, sequence);
            return null;
        }
    }

    private void End(PipConnectionException why)
    {
        if (Interlocked.Exchange(ref _isEnding, 1) != 0)
            return;

        _greeted.TrySetException(why);
        _pending.FailAll(why);
        _inbox.Complete(why: null);
        _outgoing.Complete();
        _requests.Writer.TryComplete();
        _keepAlive.Dispose();
        _stopping.Cancel();

        // Last: Run disposes of everything once this is set.
        _ended.TrySetResult(why);
    }
}
