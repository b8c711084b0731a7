namespace Presence.Client.Connections;

/// <summary>
/// Sends PING after the idle time without an octet from the server and gives up after one and a half of it
/// (docs/protocol, section 2.12).
/// </summary>
internal sealed class KeepAlive : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _idle;
    private readonly Action _ping;
    private readonly Action _giveUp;
    private readonly ITimer _timer;
    private long _heard;
    private bool _hasPinged;

    public KeepAlive(TimeProvider time, TimeSpan idle, Action ping, Action giveUp)
    {
        (_time, _idle, _ping, _giveUp) = (time, idle, ping, giveUp);
        _heard = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Look(), null, idle / 4, idle / 4);
    }

    public void Heard()
    {
        Volatile.Write(ref _heard, _time.GetTimestamp());
        Volatile.Write(ref _hasPinged, false);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var silence = _time.GetElapsedTime(Volatile.Read(ref _heard));
        if (silence >= _idle * 1.5)
        {
            _giveUp();
        }
        else if (silence >= _idle && !Volatile.Read(ref _hasPinged))
        {
            Volatile.Write(ref _hasPinged, true);
            _ping();
        }
    }
}
