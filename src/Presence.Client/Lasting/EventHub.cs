namespace Presence.Client.Lasting;

/// <summary>
/// Gives each event to all readers who want it. A message that nobody wants waits for the first who does; the server
/// bounds how many, since they are not confirmed. Safe for several threads.
/// </summary>
internal sealed class EventHub
{
    private readonly Lock _lock = new();
    private readonly List<EventStream> _streams = [];
    private readonly LinkedList<HeldEvent> _unread = [];
    private Exception? _why;
    private bool _isOver;

    /// <summary>Adds a reader, who gets what waits for one.</summary>
    public EventStream Open(Func<PresenceEvent, bool> wants)
    {
        var stream = new EventStream(wants, Close);
        lock (_lock)
        {
            foreach (var held in _unread.Where(held => stream.TryTake(held)).ToList())
            {
                _unread.Remove(held);
                held.Release();
            }

            if (_isOver)
                stream.Complete(_why);
            else
                _streams.Add(stream);
        }

        return stream;
    }

    /// <param name="happened">Told to all who want it.</param>
    /// <param name="done">Called once all are done with it; at once if nobody wants it and it is no message.</param>
    public void Publish(PresenceEvent happened, Action done)
    {
        var held = new HeldEvent(happened, done);
        held.Hold();
        lock (_lock)
        {
            var isWanted = false;
            foreach (var stream in _streams)
                isWanted |= stream.TryTake(held);

            if (!isWanted && happened is Message)
            {
                held.Hold();
                _unread.AddLast(held);
            }
        }

        held.Release();
    }

    public void Publish(PresenceEvent happened) => Publish(happened, static () => { });

    /// <summary>Ends all readers, with an error or without one.</summary>
    public void Complete(Exception? why)
    {
        lock (_lock)
        {
            if (_isOver)
                return;

            (_isOver, _why) = (true, why);
            foreach (var stream in _streams)
                stream.Complete(why);

            _streams.Clear();
        }
    }

    private void Close(EventStream stream, IReadOnlyList<HeldEvent> left)
    {
        lock (_lock)
        {
            _streams.Remove(stream);
            foreach (var held in left)
            {
                if (held is { Event: Message, IsRead: false, HasOneHolder: true } && !_isOver)
                    _unread.AddLast(held);
                else
                    held.Release();
            }
        }
    }
}
