using System.Buffers;
using System.IO.Pipelines;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Delivery;

/// <summary>
/// The one writer of a connection. Replies go first, then the events of the outbox that it serves. One flush at a time
/// writes to the socket, started by whoever puts something in; nobody else ever waits for the socket. An idle wire holds
/// no task and no buffer.
/// </summary>
internal sealed class Wire(PipeWriter output, TimeProvider time)
{
    /// <summary>Octets of replies that may wait before the connection stops taking requests.</summary>
    private const int MaxReplyBacklog = 64 * 1024;

    private readonly Lock _lock = new();
    private Outbox? _outbox;
    private ArrayBufferWriter<byte>? _replies;
    private bool _isFlushing;
    private bool _isClosed;
    private Reply? _lastWord;
    private bool _isCut;
    private TaskCompletionSource? _written;
    private TaskCompletionSource? _relieved;
    private long _writeBegun;
    private bool _isMarked;

    /// <summary>How long the present write has been stuck; zero if none is.</summary>
    public TimeSpan StuckFor
    {
        get
        {
            lock (_lock)
                return _isFlushing ? time.GetElapsedTime(_writeBegun) : TimeSpan.Zero;
        }
    }

    /// <summary>True while octets wait for the socket to take them.</summary>
    public bool IsWriting
    {
        get
        {
            lock (_lock)
                return _isFlushing;
        }
    }

    private bool HasWork => _replies is not null || _outbox is { HasWork: true };

    public void Put(long tag, Reply reply, bool isRepeat = false)
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            var writer = new FrameWriter(_replies ??= SpareBuffers.Take());
            reply.Write(ref writer, tag, isRepeat);
        }

        Flush();
    }

    /// <summary>A response, a request of the server's own, or an acknowledgement of the client's events.</summary>
    public void Put(FrameBuild build)
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            var writer = new FrameWriter(_replies ??= SpareBuffers.Take());
            build(ref writer);
        }

        Flush();
    }

    /// <summary>Events come from this outbox, or from none.</summary>
    public void Serve(Outbox? outbox)
    {
        lock (_lock)
            _outbox = outbox;
        Flush();
    }

    /// <summary>
    /// Complete while few replies wait; else when they have gone to the socket, or cannot go any more. The connection
    /// awaits it before it takes the next request: who asks and does not read is slowed down and costs no memory.
    /// </summary>
    public Task Relieved()
    {
        lock (_lock)
        {
            if (_isClosed || _replies is null || _replies.WrittenCount < MaxReplyBacklog)
                return Task.CompletedTask;
            _relieved ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _relieved.Task;
        }
    }

    /// <summary>Takes nothing more. The task ends when what was taken is written, or cannot be written any more.</summary>
    public Task Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            if (!_isFlushing)
                return Task.CompletedTask;
            _written ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _written.Task;
        }
    }

    /// <summary>
    /// Gives up waiting for the socket. What is written stays in the pipe, with this word behind it, for a client that
    /// reads after all.
    /// </summary>
    public void Cut(Reply lastWord)
    {
        lock (_lock)
        {
            if (_isCut)
                return;
            _isCut = true;
            _isClosed = true;
            _outbox = null;
            _replies = null;
            _lastWord = lastWord;
            Relieve();
            if (!_isFlushing)
                return;
        }

        output.CancelPendingFlush();
    }

    /// <summary>True for the first <see cref="PendingFlush"/> that comes, which there is one of.</summary>
    public bool TryMark()
    {
        if (_isMarked)
            return false;
        _isMarked = true;
        return true;
    }

    public void Unmark() => _isMarked = false;

    /// <summary>Starts writing if there is something to write and nobody writes.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            if (_isFlushing || !HasWork)
                return;
            _isFlushing = true;
            _writeBegun = time.GetTimestamp();
        }

        // Not awaited here, for the caller must not wait for the socket; Close awaits its end, and it never throws.
        _ = WriteAll();
    }

    /// <summary>Only whoever set the flag runs it; it clears the flag in the moment in which it finds nothing to do.</summary>
    private async Task WriteAll()
    {
        try
        {
            while (Fill())
            {
                // Who put something in may be a grain, whose scheduler must not get what follows.
                var result = await output.FlushAsync().ConfigureAwait(false);
                if (!result.IsCompleted && !result.IsCanceled)
                    continue;
                if (result.IsCanceled)
                    await SayLastWord().ConfigureAwait(false);
                GiveUp();
                return;
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or OperationCanceledException)
        {
            // The connection is gone; its read loop finds out and ends.
            GiveUp();
        }
    }

    /// <summary>Moves everything that may be written now into the pipe; false when there was nothing.</summary>
    private bool Fill()
    {
        lock (_lock)
        {
            if (!HasWork)
            {
                EndFlush();
                return false;
            }

            _writeBegun = time.GetTimestamp();
            if (_replies is { } replies)
            {
                output.Write(replies.WrittenSpan);
                _replies = null;
                SpareBuffers.Give(replies);
                Relieve();
            }

            var writer = new FrameWriter(output);
            _outbox?.Fill(ref writer);
            return true;
        }
    }

    private async Task SayLastWord()
    {
        if (_lastWord is not { } word)
            return;
        var writer = new FrameWriter(output);
        word.Write(ref writer, 0);

        // Cancelled beforehand: the octets are handed over, and nobody waits for them to go.
        output.CancelPendingFlush();
        await output.FlushAsync();
    }

    private void GiveUp()
    {
        lock (_lock)
        {
            _isClosed = true;
            _outbox = null;
            Relieve();
            EndFlush();
        }
    }

    private void Relieve()
    {
        _relieved?.TrySetResult();
        _relieved = null;
    }

    private void EndFlush()
    {
        _isFlushing = false;
        _written?.TrySetResult();
    }
}
