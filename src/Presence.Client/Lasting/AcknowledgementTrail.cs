using Presence.Client.Connections;

namespace Presence.Client.Lasting;

/// <summary>
/// Which events of one session were taken care of. An acknowledgement covers all events below it, so it goes as far as
/// the first one that is still open (docs/protocol/sessions.md, "Events and ACK"). Safe for several threads.
/// </summary>
internal sealed class AcknowledgementTrail
{
    private readonly Lock _lock = new();
    private readonly SortedSet<long> _open = [];
    private PipConnection? _connection;
    private long _taken;
    private long _told;

    /// <summary>Highest number taken.</summary>
    public long Taken
    {
        get
        {
            lock (_lock)
                return _taken;
        }
    }

    /// <summary>Up to which number nothing is open.</summary>
    public long Done
    {
        get
        {
            lock (_lock)
                return _open.Count == 0 ? _taken : _open.Min - 1;
        }
    }

    /// <summary>Tells from now on over this connection, which was told of <paramref name="told"/> by RESUME.</summary>
    public void Attach(PipConnection connection, long told)
    {
        lock (_lock)
        {
            (_connection, _told) = (connection, told);
            Tell();
        }
    }

    public void Detach()
    {
        lock (_lock)
            _connection = null;
    }

    /// <summary>An event came and is open until <see cref="Release"/>.</summary>
    public void Take(long sequence)
    {
        lock (_lock)
        {
            _open.Add(sequence);
            _taken = sequence;
        }
    }

    public void Release(long sequence)
    {
        lock (_lock)
        {
            if (_open.Remove(sequence))
                Tell();
        }
    }

    private void Tell()
    {
        var done = _open.Count == 0 ? _taken : _open.Min - 1;
        if (_connection is null || done <= _told)
            return;

        _told = done;
        _connection.Acknowledge(done);
    }
}
