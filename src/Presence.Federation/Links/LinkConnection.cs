using Presence.Model.Addresses;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;
using Presence.Sessions.Delivery;

namespace Presence.Federation.Links;

/// <summary>
/// One connection between two domains, whichever side has opened it: frames in, frames out, and the clock that watches
/// over it. What must outlive it stands in <see cref="LinkSession"/>.
/// </summary>
internal sealed class LinkConnection
{
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(5);

    private readonly Liveness _liveness;
    private readonly FrameSource _frames;
    private readonly PeerLinkOptions _options;
    private readonly TimeProvider _time;
    private volatile string? _endReason;
    private long _probedAt;

    public LinkConnection(PeerConnection peer, PeerLinkOptions options, TimeProvider time)
    {
        Peer = peer;
        _options = options;
        _time = time;
        Claims = new ClaimRate(time);
        _liveness = new Liveness(options.ForSession, time);
        _frames = new FrameSource(peer.Transport.Pipe.Input)
        {
            OnOctets = Received,
            OnFrame = _liveness.FrameIsOpen,
        };
        Wire = new Wire(peer.Transport.Pipe.Output, time);
    }

    public PeerConnection Peer { get; }

    public Wire Wire { get; }

    /// <summary>True if we have opened it.</summary>
    public bool IsOurs => Peer.Server is not null;

    public Phase Phase { get; set; }

    /// <summary>The domain that the other side has proven to speak for and has chosen.</summary>
    public Domain Remote { get; set; }

    /// <summary>The domain that the other side names in HELLO, proven or not; VERIFY answers for it.</summary>
    public Domain Named { get; set; }

    /// <summary>How often it may claim further domains.</summary>
    public ClaimRate Claims { get; }

    /// <summary>True if the other side has named the feature <see cref="VersionTime"/>.</summary>
    public bool OmitsTime { get; set; }

    /// <summary>Requests that the other side lets us have under way.</summary>
    public int InFlight { get; set; } = 64;

    /// <summary>True once it must not be used any more.</summary>
    public bool IsEnding => _endReason is not null;

    /// <summary>Is run when something comes that is no good frame, though the connection is whole.</summary>
    public Action? OnMalformed { get; set; }

    /// <summary>Is run when all that has come was dealt with.</summary>
    public Action? OnIdle
    {
        set => _frames.OnIdle = value;
    }

    /// <summary>Gives the tag of a PING.</summary>
    public Func<long>? NextTag { get; set; }

    public string Opener => IsOurs ? Peer.Local.ToString() : Remote.ToString();

    /// <summary>From HELLO on.</summary>
    public void Widen() => _frames.Limits = new FrameLimits(_options.MaxLine, _options.MaxBody);

    /// <summary>
    /// The next frame; null when there will be none. A fault that leaves the connection whole is answered here, another one ends
    /// it.
    /// </summary>
    public async ValueTask<Frame?> Next()
    {
        while (_endReason is null)
        {
            var result = await _frames.Next();
            switch (result.Status)
            {
                case ReadStatus.Frame:
                    return result.Frame;
                case ReadStatus.Malformed:
                    if (result.Fault.Kind == FrameKind.Request)
                        Answer(result.Fault.Tag, Fault(result.Fault));
                    OnMalformed?.Invoke();
                    break;
                case ReadStatus.Broken:
                    Answer(0, Fault(result.Fault));
                    return null;
                default:
                    return null;
            }
        }

        return null;
    }

    public void Answer(long tag, Reply reply)
    {
        Wire.Put(reply.IsAboutConnection ? 0 : tag, reply);
        reply.RunAfter();
    }

    public void Request(string verb, long tag, string? target, params (string Name, string? Value)[] parameters) =>
        Wire.Put((ref FrameWriter writer) =>
        {
            writer.Request(verb, tag, target);
            foreach (var (name, value) in parameters)
            {
                if (value is not null)
                    writer.Param(name, value);
            }

            writer.End();
        });

    /// <summary>Asks it to end; with a reason, the other side is told <c>421 0 reason</c>.</summary>
    public void End(string? reason)
    {
        if (Interlocked.CompareExchange(ref _endReason, reason ?? "", null) is not null)
            return;
        if (reason is not null)
            Wire.Put(0, new Reply(421, reason));
        _frames.Interrupt();
    }

    /// <summary>Looks at the time; called about once a second.</summary>
    public void Tick()
    {
        if (Wire.StuckFor > _options.ForSession.WriteTime)
        {
            Wire.Cut(new Reply(421, "slow-reader"));
            Abort("slow-reader");
            return;
        }

        if (_probedAt != 0 && _time.GetElapsedTime(_probedAt) > ProbeTime)
        {
            Abort("idle");
            return;
        }

        switch (_liveness.Judge(Phase))
        {
            case LivenessVerdict.Ask:
                Ping();
                break;
            case LivenessVerdict.Silent or LivenessVerdict.Unknown or LivenessVerdict.Slow:
                Abort("idle");
                break;
        }
    }

    public void Ping()
    {
        if (NextTag is { } next)
            Request("PING", next(), null);
    }

    /// <summary>There is reason to think that the other side is gone: it must answer soon.</summary>
    public void Probe()
    {
        _probedAt = _time.GetTimestamp();
        Ping();
    }

    /// <summary>Cuts it at once.</summary>
    public void Abort(string reason)
    {
        End(reason);
        Peer.Transport.Abort(reason);
    }

    /// <summary>Writes what was taken, then closes.</summary>
    public async Task Close()
    {
        _endReason ??= "";
        await Wire.Close();
        await Peer.DisposeAsync();
    }

    private void Received()
    {
        _probedAt = 0;
        _liveness.Received();
    }

    private static Reply Fault(FrameFault fault) => new Reply(fault.Code, fault.Reason).With("param", fault.Param);
}
