using System.Buffers;
using System.IO.Pipelines;
using Presence.Contracts.Users;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Delivery;

/// <summary>
/// All that waits to be written to one connection. Replies go first, then events in order; a newer value takes the place
/// of an older one that was not written yet. One flush at a time writes to the socket, started by whoever puts
/// something in; nobody else ever waits for the socket. An idle outbox holds no task and no buffer.
/// </summary>
public sealed class Outbox(PipeWriter output, int maxEvents, int maxOctets, TimeProvider time)
{
    /// <summary>What an entry costs beside its octets, so that many tiny ones count too.</summary>
    private const int EntryCost = 64;

    /// <summary>Octets of replies that may wait before the connection stops taking requests.</summary>
    private const int MaxReplyBacklog = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly LinkedList<OutboundEvent> _waiting = new();
    private readonly Dictionary<object, LinkedListNode<OutboundEvent>> _newest = [];
    private readonly Queue<(long Sequence, MessageKey? Message)> _unacknowledged = new();
    private ArrayBufferWriter<byte>? _replies;
    private long _sequence;
    private int _octets;
    private bool _isFlushing;
    private bool _isClosed;
    private TaskCompletionSource? _written;
    private TaskCompletionSource? _relieved;
    private long _writeBegun;

    /// <summary>Octets of the longest event that is taken; without limit unless said.</summary>
    public int MaxEvent { get; init; } = int.MaxValue;

    /// <summary>How long the present write has been stuck; zero if none is.</summary>
    public TimeSpan StuckFor
    {
        get
        {
            lock (_lock)
                return _isFlushing ? time.GetElapsedTime(_writeBegun) : TimeSpan.Zero;
        }
    }

    public void Put(long tag, Reply reply, bool isRepeat = false)
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            var writer = new FrameWriter(_replies ??= new ArrayBufferWriter<byte>(256));
            reply.Write(ref writer, tag, isRepeat);
        }

        Flush();
    }

    /// <summary>A request of the server's own, or an acknowledgement of the client's events.</summary>
    public void Put(FrameBuild build)
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            var writer = new FrameWriter(_replies ??= new ArrayBufferWriter<byte>(256));
            build(ref writer);
        }

        Flush();
    }

    /// <summary>
    /// Takes an event. False if it is not taken: the connection is gone, or too much waits already. A value that takes
    /// the place of an older one is always taken.
    /// </summary>
    public bool TryPut(OutboundEvent outbound)
    {
        lock (_lock)
        {
            if (_isClosed || IsTooLong(outbound) || !Enqueue(outbound))
                return false;
        }

        Flush();
        return true;
    }

    /// <summary>
    /// The client has taken responsibility up to this number. Gives the messages among them; null if the number was never
    /// used, which is an error of the client.
    /// </summary>
    public IReadOnlyList<MessageKey>? Acknowledge(long sequence)
    {
        List<MessageKey> messages = [];
        lock (_lock)
        {
            if (sequence > _sequence)
                return null;
            while (_unacknowledged.TryPeek(out var oldest) && oldest.Sequence <= sequence)
            {
                _unacknowledged.Dequeue();
                if (oldest.Message is { } message)
                    messages.Add(message);
            }
        }

        Flush();
        return messages;
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

    private bool IsTooLong(OutboundEvent outbound)
    {
        if (MaxEvent == int.MaxValue)
            return false;
        var octets = new ArrayBufferWriter<byte>();
        var writer = new FrameWriter(octets);
        outbound.Write(ref writer, 1);
        return octets.WrittenCount > MaxEvent;
    }

    private bool Enqueue(OutboundEvent outbound)
    {
        var key = outbound.SupersedeKey;
        if (key is not null && _newest.TryGetValue(key, out var older))
        {
            _octets += outbound.Octets - older.Value.Octets;
            older.Value = outbound;
            return true;
        }

        if (_octets + outbound.Octets + EntryCost > maxOctets)
            return false;
        _octets += outbound.Octets + EntryCost;
        var node = _waiting.AddLast(outbound);
        if (key is not null)
            _newest[key] = node;
        return true;
    }

    private void Flush()
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

    private bool HasWork =>
        _replies is not null || (_waiting.Count > 0 && _unacknowledged.Count < maxEvents);

    /// <summary>Only whoever set the flag runs it; it clears the flag in the moment in which it finds nothing to do.</summary>
    private async Task WriteAll()
    {
        try
        {
            while (Fill())
            {
                var result = await output.FlushAsync();
                if (!result.IsCompleted && !result.IsCanceled)
                    continue;
                GiveUp();
                return;
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or OperationCanceledException)
        {
            // The connection is gone; its read loop finds out and ends the session.
            GiveUp();
        }
    }

    private void GiveUp()
    {
        lock (_lock)
        {
            _isClosed = true;
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
                Relieve();
            }

            var writer = new FrameWriter(output);
            while (_waiting.First is { } node && _unacknowledged.Count < maxEvents)
                WriteEvent(ref writer, node);
            return true;
        }
    }

    private void WriteEvent(ref FrameWriter writer, LinkedListNode<OutboundEvent> node)
    {
        var outbound = node.Value;
        _waiting.Remove(node);
        _octets -= outbound.Octets + EntryCost;
        if (outbound.SupersedeKey is { } key)
            _newest.Remove(key);
        outbound.Write(ref writer, ++_sequence);
        _unacknowledged.Enqueue((_sequence, outbound.Message));
    }
}

/// <summary>Writes one frame.</summary>
public delegate void FrameBuild(ref FrameWriter writer);
