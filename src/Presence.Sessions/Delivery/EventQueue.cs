using Presence.Contracts.Nearby;
using Presence.Protocol.Framing;
using Presence.Sessions.Administration;

namespace Presence.Sessions.Delivery;

/// <summary>
/// The events of one session that are not acknowledged, in order of their numbers. A number is given when an event is
/// taken and stays for ever; a newer value deletes an older one of the same key and leaves a gap, which the next event
/// declares (decision 0009). Pure bookkeeping: no lock, no time, no socket.
/// </summary>
/// <param name="maxEvents">Events that may be on the wire without an acknowledgement; a message beyond it is refused.</param>
/// <param name="maxOctets">Octets that may be kept; beyond it only newer values of what is kept are taken.</param>
internal sealed class EventQueue(int maxEvents, int maxOctets)
{
    /// <summary>What an entry costs beside its octets, so that many tiny ones count too.</summary>
    private const int EntryCost = 64;

    private readonly LinkedList<Entry> _kept = new();
    private Dictionary<object, LinkedListNode<Entry>>? _newest;
    private LinkedListNode<Entry>? _next;
    private int _octets;
    private int _inFlight;
    private long _written;
    private long _everWritten;

    /// <summary>The highest number given.</summary>
    public long Last { get; private set; }

    /// <summary>All up to this number was acknowledged.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Events that a newer one has replaced so far.</summary>
    public long Coalesced { get; private set; }

    /// <summary>True if something may be written to the present connection.</summary>
    public bool HasWork => _next is not null && _inFlight < maxEvents;

    public QueueDepth Depth => new(_kept.Count, _kept.Count - _inFlight, _octets);

    public IEnumerable<(long Number, OutboundEvent Event)> Kept =>
        _kept.Select(entry => (entry.Number, entry.Event.For(entry.Key)));

    /// <summary>Takes over what another gateway had kept; only into an empty queue.</summary>
    public void Restore(IEnumerable<(long Number, OutboundEvent Event)> kept, long last, long acknowledged)
    {
        foreach (var (number, outbound) in kept)
            Append(number, outbound, outbound.SupersedeKey);
        Last = last;
        Acknowledged = acknowledged;
        Rewind();
    }

    /// <summary>False if it is not taken: too much is kept already.</summary>
    /// <param name="outbound">The event.</param>
    /// <param name="key">What it supersedes an older event by, where the event itself does not know it.</param>
    public bool TryAdd(OutboundEvent outbound, object? key = null)
    {
        LinkedListNode<Entry>? older = null;
        key ??= outbound.SupersedeKey;
        if (key is not null && _newest?.TryGetValue(key, out older) == true)
            Replace(older!);
        else if (_octets + outbound.Octets + EntryCost > maxOctets)
            return false;
        else if (outbound.Message is not null && _kept.Count >= maxEvents)
            return false;
        Append(++Last, outbound, key);
        return true;
    }

    /// <summary>Gives the messages that are covered for the first time; null for a number that was never used.</summary>
    public MarkedKey[]? Acknowledge(long number)
    {
        if (number > Last)
            return null;
        MarkedKey[] messages = CountMessages(number) is var count and > 0 ? new MarkedKey[count] : [];
        for (var taken = 0; _kept.First is { } oldest && oldest.Value.Number <= number;)
        {
            if (oldest.Value.Event.Message is { } message)
                messages[taken++] = message;
            Remove(oldest);
        }

        Acknowledged = Math.Max(Acknowledged, number);
        return messages;
    }

    private int CountMessages(long number)
    {
        var messages = 0;
        for (var node = _kept.First; node is not null && node.Value.Number <= number; node = node.Next)
            messages += node.Value.Event.Message is null ? 0 : 1;
        return messages;
    }

    /// <summary>A new connection: all that is not acknowledged is to be written again, in order.</summary>
    /// <remarks>What was of use in one moment only is not written again; its number stays a gap.</remarks>
    public void Rewind()
    {
        for (var node = _kept.First; node is not null && node.Value.Number <= _written;)
        {
            var next = node.Next;
            if (node.Value.Event.IsFleeting)
                Remove(node);
            node = next;
        }

        _next = _kept.First;
        _inFlight = 0;
        _written = Acknowledged;
    }

    /// <summary>
    /// Writes the next event, and gives it if this is the first time. What came before it on this connection counts as
    /// preceding, whether or not it was superseded since: the receiver has seen it.
    /// </summary>
    public OutboundEvent? WriteNext(ref FrameWriter writer)
    {
        if (_next is not { } node)
            return null;
        _next = node.Next;
        _inFlight++;
        var (number, outbound, key) = node.Value;
        writer.Preceding = number - 1 == _written ? null : _written;
        outbound.WriteFor(key, ref writer, number);
        _written = number;
        if (number <= _everWritten)
            return null;
        _everWritten = number;
        return outbound;
    }

    private void Replace(LinkedListNode<Entry> older)
    {
        Coalesced++;
        Remove(older);
    }

    private void Append(long number, OutboundEvent outbound, object? key)
    {
        var node = SpareNodes<Entry>.Take(new Entry(number, outbound, key));
        _kept.AddLast(node);
        _octets += outbound.Octets + EntryCost;
        _next ??= node;
        if (key is not null)
            (_newest ??= [])[key] = node;
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        if (node == _next)
            _next = node.Next;
        else if (node.Value.Number <= _written)
            _inFlight--;
        _octets -= node.Value.Event.Octets + EntryCost;
        if (node.Value.Key is { } key && _newest?.GetValueOrDefault(key) == node)
            _newest.Remove(key);
        _kept.Remove(node);
        SpareNodes<Entry>.Give(node);
    }

    private readonly record struct Entry(long Number, OutboundEvent Event, object? Key);
}
