using System.Buffers;
using System.IO.Pipelines;
using Presence.Protocol.Framing;
using Presence.Sessions.Transport;
using Presence.Transports.Connections;
using Presence.V1.Typed;

namespace Presence.Transports.Grpc;

/// <summary>
/// A connection to the sessions within this process: they see frames on a stream of octets, as from any transport. What
/// nobody reads stays in the session, which coalesces it.
/// </summary>
internal sealed class SessionLine : IDuplexPipe, IAsyncDisposable
{
    // As little as a socket would hold: a slow reader must be felt by the session. Who writes runs the reader at once: what
    // it does is little, and a hop to another thread for each frame costs more.
    private static readonly PipeOptions Short = new(
        readerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 16 * 1024, resumeWriterThreshold: 8 * 1024,
        useSynchronizationContext: false);

    private const int EnoughAtOnce = 4 * 1024;

    private readonly Pipe _requests = new(Short);
    private readonly Pipe _frames = new(Short);
    private readonly FrameBounds _bounds = new();
    private readonly FrameCutter _reader = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Task _serving;
    private ReadOnlySequence<byte> _rest;
    private LineFrame? _next;
    private bool _isHeld;
    private long? _pinged;
    private long _tag;
    private bool _isEnded;
    private volatile bool _isCut;

    /// <param name="sessions">Where it leads to.</param>
    /// <param name="id">Name in the log.</param>
    /// <param name="origin">What is known of the other side.</param>
    /// <param name="caller">Who it is; null where AUTH is to find out.</param>
    public SessionLine(ISessionHost sessions, string id, CallOrigin origin, KnownCaller? caller)
    {
        _serving = Serve(sessions, new SessionTransport(
            id, this, origin.Remote, origin.IsLoopback, origin.Tls, _ => Cut()) { Kind = "grpc", Caller = caller });
    }

    PipeReader IDuplexPipe.Input => _requests.Reader;

    PipeWriter IDuplexPipe.Output => _frames.Writer;

    /// <summary>True when the session has said its last word or was cut.</summary>
    public bool IsOver => _isEnded || _isCut;

    /// <summary>The response with tag 0 that ended it, if there was one.</summary>
    public Frame? LastWord { get; private set; }

    /// <summary>Passes octets of whole frames on; waits while the session takes no more.</summary>
    public async ValueTask Write(ReadOnlyMemory<byte> frames, CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            await _requests.Writer.WriteAsync(frames, cancel);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The same for one who has more, and then calls <see cref="Flush"/>: the session may see it only then.</summary>
    public async ValueTask Put(ReadOnlyMemory<byte> frames, CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            _requests.Writer.Write(frames.Span);
            if (_requests.Writer.UnflushedBytes > EnoughAtOnce)
                await _requests.Writer.FlushAsync(cancel);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Lets the session see what was put.</summary>
    public ValueTask Flush(CancellationToken cancel) => Write(ReadOnlyMemory<byte>.Empty, cancel);

    /// <summary>True if the next frame has come already: what is told of this one may leave together with it.</summary>
    public bool HasNext => _next is not null;

    /// <summary>
    /// The next response or event; null at the end. A PING is answered here, since HTTP/2 sees to it that the client lives.
    /// One caller at a time.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled, or cut; the frame is not lost.</exception>
    public async ValueTask<Frame?> Read(CancellationToken cancel)
    {
        if (await ReadLine(cancel) is not { } line)
            return null;
        var frame = Parse(line);
        // The next read may be a call of tomorrow: till then a session that has written much must not count as stuck.
        if (_next is null)
            GiveBack();
        return frame;
    }

    /// <summary>The same for one who may not need all that an event says as objects. Valid until the next call.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public async ValueTask<LineFrame?> ReadLine(CancellationToken cancel)
    {
        while (_next is null && !_isEnded)
        {
            if (_pinged is { } tag)
            {
                _pinged = null;
                await Write(TypedRequest.Pong(tag), cancel);
            }

            await Fill(cancel);
        }

        var frame = _next;
        if (frame is not null)
            _next = CutNext();
        if (frame is { Read: { Kind: FrameKind.Response, Number: 0, Code: >= 400 } last })
            LastWord = last;
        return frame;
    }

    /// <summary>What a frame of this line says, before the next is read.</summary>
    public Frame Parse(in LineFrame frame) => frame.Read ?? Parse(frame.Octets);

    /// <summary>The next tag of one who lets the line number its requests.</summary>
    public long NextTag() => ++_tag;

    /// <summary>The client sends no more: the session ends, or waits to be resumed, and its last words can be read.</summary>
    public ValueTask EndRequests() => _requests.Writer.CompleteAsync();

    public async ValueTask DisposeAsync()
    {
        await _requests.Writer.CompleteAsync();
        await _frames.Reader.CompleteAsync();
        await _serving;
        _writing.Dispose();
    }

    private async Task Serve(ISessionHost sessions, SessionTransport transport)
    {
        await Task.Yield();
        await sessions.Serve(transport);
        await _frames.Writer.CompleteAsync();
        await _requests.Reader.CompleteAsync();
    }

    private void Cut()
    {
        _isCut = true;
        _frames.Reader.CancelPendingRead();
    }

    private void GiveBack()
    {
        if (_isHeld)
            _frames.Reader.AdvanceTo(_rest.Start, _rest.End);
        _isHeld = false;
    }

    // What was read last is given back only now: who has it may have looked at its octets until here.
    private async ValueTask Fill(CancellationToken cancel)
    {
        GiveBack();
        var read = await _frames.Reader.ReadAsync(cancel);
        _isHeld = true;
        _rest = read.Buffer;
        _next = CutNext();
        if (_isCut)
            throw new OperationCanceledException("The session was cut.");
        _isEnded = read.IsCompleted && _next is null;
    }

    private LineFrame? CutNext()
    {
        while (_bounds.TryCut(ref _rest, out var octets))
        {
            var frame = new LineFrame(LineFrame.IsEvent(octets) ? null : Parse(octets), octets);
            if (frame.Read is not { Kind: FrameKind.Request, Number: var number })
                return frame;
            _pinged = number;
        }

        return null;
    }

    private Frame Parse(ReadOnlySequence<byte> octets) => _reader.TryCut(ref octets, out var frame, out _)
        ? frame!
        : throw new InvalidOperationException("A session wrote what is no frame.");
}
