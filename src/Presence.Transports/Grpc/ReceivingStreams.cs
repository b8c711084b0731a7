using System.Collections.Concurrent;
using Presence.Model.Addresses;

namespace Presence.Transports.Grpc;

/// <summary>The running ReceiveMessages calls of this node, by session, so that AckMessages finds them.</summary>
internal sealed class ReceivingStreams
{
    private readonly ConcurrentDictionary<string, ReceivingStream> _streams = new(StringComparer.Ordinal);

    public void Add(ReceivingStream stream) => _streams[stream.Session] = stream;

    public void Remove(ReceivingStream stream) => _streams.TryRemove(KeyValuePair.Create(stream.Session, stream));

    /// <summary>Null if it runs no more, or is somebody else's.</summary>
    public ReceivingStream? Find(Address user, StreamCursor cursor) =>
        _streams.GetValueOrDefault(cursor.Session) is { } stream && stream.User == user ? stream : null;
}

/// <summary>
/// What one of them has handed out. ACK is cumulative, so what needs no client is acknowledged only when nothing
/// before it waits for one.
/// </summary>
internal sealed class ReceivingStream(Address user, StreamSession session)
{
    private readonly Lock _lock = new();
    private readonly SortedSet<long> _open = [];
    private long _last;
    private long _acknowledged;

    public Address User { get; } = user;

    public string Session { get; } = session.Binding.Session;

    /// <summary>An event was taken from the session; <paramref name="isTold"/> if the client is to acknowledge it.</summary>
    public ValueTask Took(long number, bool isTold, CancellationToken cancel)
    {
        lock (_lock)
        {
            _last = number;
            if (isTold)
                _open.Add(number);
        }

        return Acknowledge(cancel);
    }

    /// <summary>The client has taken care of all up to this number. False if it was never told so many.</summary>
    public async ValueTask<bool> Settle(long number, CancellationToken cancel)
    {
        lock (_lock)
        {
            if (number > _last)
                return false;
            _open.RemoveWhere(open => open <= number);
        }

        await Acknowledge(cancel);
        return true;
    }

    private ValueTask Acknowledge(CancellationToken cancel)
    {
        long due;
        lock (_lock)
        {
            due = _open.Count == 0 ? _last : _open.Min - 1;
            if (due <= _acknowledged)
                return ValueTask.CompletedTask;
            _acknowledged = due;
        }

        return session.Acknowledge(due, cancel);
    }
}
