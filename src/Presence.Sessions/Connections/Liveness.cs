namespace Presence.Sessions.Connections;

/// <summary>What the time says about a connection.</summary>
internal enum LivenessVerdict
{
    Alive = 0,

    /// <summary>Silent for the idle time: ask by PING.</summary>
    Ask = 1,

    /// <summary>Silent for too long, or it did not authenticate or finish a frame in time.</summary>
    Dead = 2,
}

/// <summary>Watches the clock for one connection. Any octet received is a sign of life.</summary>
internal sealed class Liveness(SessionOptions options, TimeProvider time)
{
    private readonly long _begun = time.GetTimestamp();
    private long _received = time.GetTimestamp();
    private long _frameBegun;
    private long _pings;
    private bool _hasAsked;

    public void Received()
    {
        _received = time.GetTimestamp();
        _hasAsked = false;
    }

    /// <summary>Tells after each read whether half a frame is left; the time to finish runs from its first half.</summary>
    public void FrameIsOpen(bool isOpen) => _frameBegun = !isOpen ? 0 : _frameBegun != 0 ? _frameBegun : time.GetTimestamp();

    /// <summary>Tag of the next PING; the server counts its own requests.</summary>
    public long NextPing() => ++_pings;

    public LivenessVerdict Judge(Phase phase)
    {
        var silence = time.GetElapsedTime(_received);
        if (phase < Phase.Authenticated && time.GetElapsedTime(_begun) > options.AuthTime)
            return LivenessVerdict.Dead;
        if (_frameBegun != 0 && time.GetElapsedTime(_frameBegun) > options.FrameTime)
            return LivenessVerdict.Dead;
        if (silence > options.Idle * 1.5)
            return LivenessVerdict.Dead;
        if (_hasAsked || silence <= options.Idle)
            return LivenessVerdict.Alive;
        _hasAsked = true;
        return LivenessVerdict.Ask;
    }
}
