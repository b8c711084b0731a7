namespace Presence.Sessions.Connections;

/// <summary>What the time says about a connection.</summary>
internal enum LivenessVerdict
{
    Alive = 0,

    /// <summary>Silent for the idle time: ask by PING.</summary>
    Ask = 1,

    /// <summary>Silent for too long.</summary>
    Silent = 2,

    /// <summary>It did not authenticate in time.</summary>
    Unknown = 3,

    /// <summary>It did not finish a frame in time, and what came of it came too slowly.</summary>
    Slow = 4,
}

/// <summary>Watches the clock for one connection. Any octet received is a sign of life.</summary>
internal sealed class Liveness(SessionOptions options, TimeProvider time)
{
    private readonly long _begun = time.GetTimestamp();
    private long _received = time.GetTimestamp();
    private long _frameBegun;
    private long _frameOctets;
    private long _pings;
    private bool _hasAsked;

    public void Received()
    {
        _received = time.GetTimestamp();
        _hasAsked = false;
    }

    /// <summary>
    /// Tells after each read how many octets of an unfinished frame are there, 0 if none is; the time to finish runs from the
    /// first of them.
    /// </summary>
    public void FrameIsOpen(long octets)
    {
        _frameBegun = octets == 0 ? 0 : _frameBegun != 0 ? _frameBegun : time.GetTimestamp();
        _frameOctets = octets;
    }

    /// <summary>Tag of the next PING; the server counts its own requests.</summary>
    public long NextPing() => ++_pings;

    public LivenessVerdict Judge(Phase phase)
    {
        var silence = time.GetElapsedTime(_received);
        if (phase < Phase.Authenticated && time.GetElapsedTime(_begun) > options.AuthTime)
            return LivenessVerdict.Unknown;
        if (_frameBegun != 0 && IsTooSlow(time.GetElapsedTime(_frameBegun)))
            return LivenessVerdict.Slow;
        if (silence > options.Idle * 1.5)
            return LivenessVerdict.Silent;
        if (_hasAsked || silence <= options.Idle)
            return LivenessVerdict.Alive;
        _hasAsked = true;
        return LivenessVerdict.Ask;
    }

    /// <summary>Who sends a long body over a thin line may take longer, as long as it goes on coming.</summary>
    private bool IsTooSlow(TimeSpan since) =>
        since > options.FrameTime && _frameOctets < since.TotalSeconds * options.FrameRate;
}
