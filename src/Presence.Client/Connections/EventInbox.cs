using System.Collections.Frozen;
using System.Globalization;
using System.Threading.Channels;
using Presence.Protocol.Framing;

namespace Presence.Client.Connections;

/// <summary>
/// Takes events in their order (docs/protocol, section 2.7) and decides which acknowledgement may be sent. An
/// acknowledgement covers all events below it, so an ignored event is confirmed only once nothing before it is open.
/// </summary>
/// <param name="ignoresUnknown">True confirms and drops events of unknown verbs.</param>
/// <param name="acknowledge">Sends <c>ACK #n</c>.</param>
internal sealed class EventInbox(bool ignoresUnknown, Action<long> acknowledge)
{
    /// <summary>Events that may wait to be read; a server announces at most 4 096 unacknowledged ones.</summary>
    public const int Capacity = 4096;

    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        "NOTIFY", "MSG", "RECEIPT", "WATCHER", "MEMBER", "INVITE", "ANSWER", "CANCEL", "REFER", "INFO");

    private readonly Lock _lock = new();
    private readonly Channel<Frame> _frames =
        Channel.CreateBounded<Frame>(new BoundedChannelOptions(Capacity) { SingleWriter = true });

    private long _seen;
    private long _handedOut;
    private long _acknowledged;

    public ChannelReader<Frame> Frames => _frames.Reader;

    /// <summary>Goes on with the events of a session from another connection. Before the first event.</summary>
    /// <param name="seen">Highest number taken; it and all below are not taken again.</param>
    /// <param name="acknowledged">Highest number confirmed.</param>
    public void Continue(long seen, long acknowledged)
    {
        lock (_lock)
            (_seen, _handedOut, _acknowledged) = (seen, seen, acknowledged);
    }

    /// <summary>Takes one event off the connection. Null, or why the connection must end.</summary>
    public PipConnectionException? Accept(Frame frame)
    {
        lock (_lock)
        {
            if (frame.Number <= _seen)
                return null;

            if (!TryPrevious(frame, out var previous) || previous > _seen)
                return PipConnectionException.Protocol($"event #{frame.Number} does not follow #{_seen}");

            _seen = frame.Number;
            if (ignoresUnknown && !Known.Contains(frame.Verb))
            {
                if (_acknowledged >= _handedOut)
                    Confirm(_seen);

                return null;
            }

            if (!_frames.Writer.TryWrite(frame))
                return new PipConnectionException(0, "flooded", "The server sent more events than it may.");

            _handedOut = frame.Number;
            return null;
        }
    }

    /// <summary>Confirms everything up to and including <paramref name="sequence"/>; repeats do nothing.</summary>
    public void Acknowledge(long sequence)
    {
        lock (_lock)
        {
            if (sequence > _seen)
                throw new ArgumentOutOfRangeException(nameof(sequence), sequence, "No such event has been received.");

            Confirm(sequence >= _handedOut && ignoresUnknown ? _seen : sequence);
        }
    }

    public void Complete(PipConnectionException? why) => _frames.Writer.TryComplete(why);

    private void Confirm(long sequence)
    {
        if (sequence <= _acknowledged)
            return;

        _acknowledged = sequence;
        acknowledge(sequence);
    }

    private static bool TryPrevious(Frame frame, out long previous)
    {
        previous = frame.Number - 1;
        return !frame.Parameters.TryGet("prev", out var text)
            || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out previous);
    }
}
