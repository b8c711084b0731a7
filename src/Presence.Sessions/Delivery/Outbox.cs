using System.Buffers;
using Presence.Contracts.Nearby;
using Presence.Protocol.Framing;
using Presence.Sessions.Administration;
using Presence.Sessions.Metrics;

namespace Presence.Sessions.Delivery;

/// <summary>
/// The events of one session. It outlives connections: while none is attached it goes on taking events and coalescing
/// values, and a new connection is sent all that was not acknowledged. It may be used from any thread and never waits.
/// </summary>
/// <param name="maxEvents">Events that may wait for an acknowledgement.</param>
/// <param name="maxOctets">Octets that may be kept.</param>
public sealed class Outbox(int maxEvents, int maxOctets)
{
    private readonly Lock _lock = new();
    private readonly EventQueue _queue = new(maxEvents, maxOctets);
    private Wire? _wire;
    private bool _isClosed;

    /// <summary>Octets of the longest event that is taken; without limit unless said.</summary>
    public int MaxEvent { get; init; } = int.MaxValue;

    /// <summary>Where it counts; null for nowhere.</summary>
    public SessionMetrics? Metrics { get; init; }

    /// <summary>What waits in it.</summary>
    public QueueDepth Depth
    {
        get
        {
            lock (_lock)
                return _queue.Depth;
        }
    }

    /// <summary>The highest number given to an event; 0 before the first.</summary>
    public long Last
    {
        get
        {
            lock (_lock)
                return _queue.Last;
        }
    }

    /// <summary>All up to this number was acknowledged.</summary>
    public long Acknowledged
    {
        get
        {
            lock (_lock)
                return _queue.Acknowledged;
        }
    }

    internal bool HasWork
    {
        get
        {
            lock (_lock)
                return _queue.HasWork;
        }
    }

    /// <summary>
    /// Takes an event. False if it is not taken: the session is over, or too much waits already. A value that takes
    /// the place of an older one is always taken.
    /// </summary>
    public bool TryPut(OutboundEvent outbound) => TryPut(outbound, null, null);

    /// <summary>
    /// The same, under a <paramref name="key"/> that the event itself does not know since others get it too. With a
    /// <paramref name="flush"/> it goes to the socket when that one says so.
    /// </summary>
    internal bool TryPut(OutboundEvent outbound, ValueKey? key, PendingFlush? flush)
    {
        Wire? wire;
        lock (_lock)
        {
            if (_isClosed)
                return false;
            var coalesced = _queue.Coalesced;
            if (IsTooLong(outbound, key) || !_queue.TryAdd(outbound, key))
            {
                Metrics?.Refused(LimitWords.Queue);
                return false;
            }

            if (_queue.Coalesced > coalesced)
                Metrics?.Coalesced();
            wire = _wire;
        }

        if (wire is not null && flush is not null)
            flush.Add(wire);
        else
            wire?.Flush();
        return true;
    }

    /// <summary>
    /// The client has taken responsibility up to this number. Gives the messages among them; null if the number was never
    /// used, which is an error of the client.
    /// </summary>
    public MarkedKey[]? Acknowledge(long number)
    {
        Wire? wire;
        MarkedKey[]? messages;
        lock (_lock)
        {
            messages = _queue.Acknowledge(number);
            wire = _wire;
        }

        wire?.Flush();
        return messages;
    }

    /// <summary>From here on events flow to this connection, beginning with the first that is not acknowledged.</summary>
    internal void Attach(Wire wire)
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            _queue.Rewind();
            _wire = wire;
        }

        wire.Serve(this);
    }

    /// <summary>The connection is over; what it may have lost is kept for the next one.</summary>
    internal void Detach(Wire wire)
    {
        wire.Serve(null);
        lock (_lock)
        {
            if (_wire == wire)
                _wire = null;
        }
    }

    /// <summary>The session is over: nothing more is taken.</summary>
    internal void Close()
    {
        lock (_lock)
            _isClosed = true;
    }

    /// <summary>Writes all that may be written now; called by the wire only.</summary>
    internal void Fill(ref FrameWriter writer)
    {
        lock (_lock)
        {
            while (_queue.HasWork)
            {
                if (_queue.WriteNext(ref writer)?.ChangedAt is { } changedAt)
                    Metrics?.Notified(changedAt);
            }
        }
    }

    /// <summary>Closes it and gives what another gateway must know to go on.</summary>
    internal OutboxState Release()
    {
        lock (_lock)
        {
            _isClosed = true;
            return new OutboxState([.. _queue.Kept], _queue.Last, _queue.Acknowledged);
        }
    }

    internal void Restore(OutboxState state)
    {
        lock (_lock)
            _queue.Restore(state.Kept, state.Last, state.Acknowledged);
    }

    private bool IsTooLong(OutboundEvent outbound, ValueKey? key)
    {
        if (MaxEvent == int.MaxValue)
            return false;
        var octets = new ArrayBufferWriter<byte>();
        var writer = new FrameWriter(octets);
        outbound.WriteFor(key, ref writer, 1);
        return octets.WrittenCount > MaxEvent;
    }
}

/// <summary>All that an outbox knows.</summary>
internal sealed record OutboxState(
    IReadOnlyList<(long Number, OutboundEvent Event)> Kept, long Last, long Acknowledged);
