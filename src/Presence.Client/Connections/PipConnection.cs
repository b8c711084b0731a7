using System.Threading.Channels;
using Presence.Protocol.Framing;

namespace Presence.Client.Connections;

/// <summary>
/// One connection to a PIP/1.0 server: one reader loop, one writer loop, requests matched with their responses by
/// tag, events in a channel. Answers the server's PING (SES-14). Does not reconnect. All members may be used by
/// several threads.
/// </summary>
public sealed class PipConnection : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly PendingRequests _pending = new();
    private readonly EventInbox _inbox;
    private readonly OutgoingFrames _outgoing;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<Frame> _greeting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<PipConnectionException?> _ended =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Task _running;
    private volatile KeepAlive? _keepAlive;
    private volatile bool _isQuitting;
    private int _isEnding;

    internal PipConnection(PipSocket socket, PipConnectionOptions options)
    {
        (_stream, Tls, Options) = (socket.Stream, socket.Tls, options);
        _outgoing = new OutgoingFrames(options.Trace, End);
        _inbox = new EventInbox(options.AcknowledgeUnknownEvents, sequence =>
            _outgoing.Post((ref writer, number) => writer.Acknowledge(number), sequence));
        _running = Run();
    }

    /// <summary>The server's first frame: <c>220 0 ready v=1.0 id=…</c>.</summary>
    public Task<Frame> Greeting => _greeting.Task;

    /// <summary>
    /// Events in the order of their numbers; acknowledge them. Ends without error after <see cref="Quit"/> or
    /// disposal, else with a <see cref="PipConnectionException"/> once those received are read.
    /// </summary>
    public ChannelReader<Frame> Events => _inbox.Frames;

    /// <summary>Completes when the connection has ended, never with an error: null after an orderly end.</summary>
    public Task<PipConnectionException?> Ended => _ended.Task;

    public PipConnectionOptions Options { get; }

    internal TlsEnd? Tls { get; }

    /// <summary>True as soon as nothing more is taken, shortly before <see cref="Ended"/>.</summary>
    internal bool IsEnding => Volatile.Read(ref _isEnding) != 0;

    /// <summary>Connects and reads the greeting.</summary>
    /// <exception cref="PipConnectionException">It did not come to that.</exception>
    public static async Task<PipConnection> Connect(
        PipConnectionOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        PipConnection? connection = null;
        try
        {
            connection = new PipConnection(await PipSocket.Open(options, both.Token), options);
            await connection.Greeting.WaitAsync(both.Token);
            return connection;
        }
        catch (Exception exception)
        {
            if (connection is not null)
                await connection.DisposeAsync();

            if (exception is not OperationCanceledException || cancellation.IsCancellationRequested)
                throw;

            throw new PipConnectionException(0, "timeout",
                $"No greeting from {options.Host} port {options.Port} within {options.ConnectTimeout.TotalSeconds} s.",
                exception);
        }
    }

    /// <summary>Sends a request and awaits its final response, whatever its code; 1xx are passed over.</summary>
    /// <exception cref="PipConnectionException">The connection ended, or the answer was unreadable.</exception>
    /// <exception cref="TimeoutException">No final response in time: the outcome is unknown (section 2.6).</exception>
    public async Task<Frame> Request(RequestBuilder build, CancellationToken cancellation = default)
    {
        var tag = 0L;
        Task<Frame>? answer = null;
        _outgoing.Request(build, taken => (tag, answer) = (taken, _pending.Add(taken)));
        try
        {
            return await answer!.WaitAsync(Options.RequestTimeout, Options.Time, cancellation);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException(
                $"No answer to request {tag} within {Options.RequestTimeout.TotalSeconds} s.", exception);
        }
        finally
        {
            _pending.Forget(tag);
        }
    }

    /// <summary>Sends a request; nobody gives up waiting for its final response but the end of the connection.</summary>
    /// <param name="build">Writes it.</param>
    /// <param name="tag">0 to take the next tag; else the tag under which it was sent on a connection before.</param>
    /// <exception cref="PipConnectionException">The connection has ended: nothing was sent.</exception>
    internal Task<Frame> Begin(RequestBuilder build, ref long tag)
    {
        var taken = 0L;
        Task<Frame>? answer = null;
        _outgoing.Request(build, one => (taken, answer) = (one, _pending.Add(one)), tag > 0 ? tag : null);
        tag = taken;
        return answer!;
    }

    /// <summary>Says before RESUME what the session of another connection has got so far; zeros before BIND.</summary>
    internal void ContinueEvents(long seen, long acknowledged) => _inbox.Continue(seen, acknowledged);

    /// <summary>New requests are numbered above this tag from now on.</summary>
    internal void ContinueTags(long above) => _outgoing.ContinueAbove(above);

    /// <summary>Confirms the events up to this number, cumulatively.</summary>
    public void Acknowledge(long sequence) => _inbox.Acknowledge(sequence);

    /// <summary>
    /// Sends octets as they are, for shells in which people type frames. A tag in them counts as used, but its
    /// response is only traced.
    /// </summary>
    public void SendRaw(ReadOnlyMemory<byte> octets) => _outgoing.Raw(octets);

    /// <summary>Sends QUIT and awaits the answer: the session and its endpoint end at once (SES-12).</summary>
    /// <exception cref="PipConnectionException">The connection ended without an answer.</exception>
    public async Task Quit(CancellationToken cancellation = default)
    {
        _isQuitting = true;
        await Request((ref writer, tag) =>
        {
            writer.Request("QUIT", tag);
            writer.End();
        }, cancellation);
    }

    /// <summary>Closes without QUIT. What waits fails with reason <c>disposed</c>.</summary>
    public async ValueTask DisposeAsync()
    {
        _isQuitting = true;
        End(PipConnectionException.Disposed());
        await _running;
    }

    /// <summary>Watches over the silence of the server from now on. At most once.</summary>
    internal void StartKeepAlive(TimeSpan idle)
    {
        _keepAlive = new KeepAlive(Options.Time, idle, ping: () => _outgoing.Post((ref writer, tag) =>
        {
            writer.Request("PING", tag);
            writer.End();
        }), giveUp: () => End(PipConnectionException.Silent(idle * 1.5)));
        if (Volatile.Read(ref _isEnding) != 0)
            _keepAlive.Dispose();
    }

    private async Task Run()
    {
        var incoming = new IncomingFrames(Options.ReceiveLimits, Options.Trace, Take, () => _keepAlive?.Heard());
        var writing = _outgoing.WriteTo(_stream, _stopping.Token);
        End(await incoming.ReadFrom(_stream, _stopping.Token));
        await writing;
        await _ended.Task;
        await _stream.DisposeAsync();
        Tls?.ServerCertificate.Dispose();
        _stopping.Dispose();
    }

    private PipConnectionException? Take(ReadResult result) => result.Status switch
    {
        ReadStatus.Frame => _greeting.Task.IsCompleted ? Take(result.Frame!) : TakeGreeting(result.Frame!),
        ReadStatus.Malformed when result.Fault.Kind == FrameKind.Response
            && _pending.Fail(result.Fault.Tag, PipConnectionException.Protocol("its answer is malformed")) => null,
        ReadStatus.Malformed => PipConnectionException.Protocol("it sent a malformed line"),
        _ => PipConnectionException.Protocol($"it sent what deserves {result.Fault.Code} {result.Fault.Reason}"),
    };

    private PipConnectionException? Take(Frame frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.Response when frame.Number == 0:
                return TakeNews(frame);
            case FrameKind.Response when frame.Code >= 200:
                _pending.Answer(frame);
                return null;
            case FrameKind.Event:
                return _inbox.Accept(frame);
            case FrameKind.Request:
                Answer(frame);
                return null;
            default:
                return null;
        }
    }

    private PipConnectionException? TakeGreeting(Frame frame)
    {
        if (frame is not { Kind: FrameKind.Response, Number: 0 })
            return PipConnectionException.Protocol("the greeting is missing");

        if (frame.Code == 220)
            _greeting.TrySetResult(frame);

        return TakeNews(frame);
    }

    // A response with tag 0 answers no request: from 400 on the server closes.
    private static PipConnectionException? TakeNews(Frame frame) => frame.Code < 400
        ? null
        : PipConnectionException.Told(
            frame.Code, frame.Reason, frame.Parameters["text"], EventReading.Number(frame.Parameters, "retry"),
            frame.Parameters["alt"]);

    private void Answer(Frame request) => _outgoing.Post((ref writer, tag) =>
    {
        if (request.Verb == "PING")
            writer.Response(200, tag, "pong");
        else
            writer.Response(501, tag, "not-implemented");

        writer.End();
    }, request.Number);

    private void End(PipConnectionException why)
    {
        if (Interlocked.Exchange(ref _isEnding, 1) != 0)
            return;

        var isOrderly = _isQuitting && why.Reason is "closed" or "disposed";
        _greeting.TrySetException(why);
        _pending.FailAll(why);
        _inbox.Complete(isOrderly ? null : why);
        _outgoing.Complete();
        _keepAlive?.Dispose();
        _stopping.Cancel();

        // Last: Run disposes of everything once this is set.
        _ended.TrySetResult(isOrderly ? null : why);
    }
}
