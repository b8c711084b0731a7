using Presence.Protocol.Framing;

namespace Presence.Transports.Udp;

/// <summary>
/// Events that the client has not acknowledged, in order. A newer value takes the place of an older one of the same
/// property, whose number stays a gap; <c>prev</c> tells the client which number comes before, so that it knows a gap from a
/// loss (docs/protocol/sessions.md, "Events"). Knows no clock: it is told the time.
/// </summary>
internal sealed class EventBuffer
{
    /// <summary>Of events that nobody answered, how many are sent again when the client shows itself.</summary>
    private const int Revived = 4;

    private readonly LinkedList<Entry> _entries = new();
    private long _acknowledged;

    public bool IsEmpty => _entries.Count == 0;

    public int Count => _entries.Count;

    /// <summary>When <see cref="TakeDue"/> has something to give; null if nothing waits for the time.</summary>
    public DateTimeOffset? NextDue { get; private set; }

    public void Add(Frame frame, DateTimeOffset now)
    {
        if (KeyOf(frame) is { } key)
            Supersede(key);
        _entries.AddLast(new Entry(frame) { DueAt = now });
        NextDue = now;
    }

    /// <summary>The client has taken everything up to this number.</summary>
    public void Acknowledge(long sequence)
    {
        _acknowledged = Math.Max(_acknowledged, sequence);
        while (_entries.First is { } oldest && oldest.Value.Frame.Number <= sequence)
            _entries.RemoveFirst();
        FindNextDue();
    }

    /// <summary>The client lives: the oldest of those that were given up are tried once more.</summary>
    public void Revive(DateTimeOffset now)
    {
        var node = _entries.First;
        for (var count = 0; node is not null && count < Revived; node = node.Next, count++)
            node.Value.DueAt ??= now;
        FindNextDue();
    }

    /// <summary>The client can be reached again: everything is due at once.</summary>
    public void SendAllAgain(DateTimeOffset now)
    {
        foreach (var entry in _entries)
            entry.DueAt = now;
        FindNextDue();
    }

    /// <summary>What is to be sent now, with the number that precedes each.</summary>
    public IReadOnlyList<(Frame Frame, long Previous)> TakeDue(DateTimeOffset now)
    {
        List<(Frame, long)> due = [];
        var previous = _acknowledged;
        foreach (var entry in _entries)
        {
            if (entry.DueAt <= now)
            {
                due.Add((entry.Frame, previous));
                entry.DueAt = Retransmission.Next(entry.Attempts++, now);
            }

            previous = entry.Frame.Number;
        }

        FindNextDue();
        return due;
    }

    private void Supersede(string key)
    {
        for (var node = _entries.Last; node is not null; node = node.Previous)
        {
            if (KeyOf(node.Value.Frame) != key)
                continue;
            _entries.Remove(node);
            return;
        }
    }

    private void FindNextDue()
    {
        NextDue = null;
        foreach (var entry in _entries)
        {
            if (entry.DueAt is { } at && (NextDue is null || at < NextDue))
                NextDue = at;
        }
    }

    /// <summary>Subscription and property of a plain value; null for all that must arrive.</summary>
    private static string? KeyOf(Frame frame) =>
        frame.Verb == "NOTIFY" && !frame.Parameters.Has("state") ? $"{frame.Parameters["id"]} {frame.Target}" : null;

    private sealed class Entry(Frame frame)
    {
        public Frame Frame { get; } = frame;

        /// <summary>Null when it was tried often enough.</summary>
        public DateTimeOffset? DueAt { get; set; }

        public int Attempts { get; set; }
    }
}
