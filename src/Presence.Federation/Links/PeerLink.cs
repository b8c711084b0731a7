using Microsoft.Extensions.Logging;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;
using Presence.Sessions.Delivery;

namespace Presence.Federation.Links;

/// <summary>
/// The link of one pair of domains at the gateway that holds it: at most one connection in use, the session that it
/// serves, and our requests that are under way. Any thread may call it.
/// </summary>
internal sealed partial class PeerLink(DomainPair pair, LinkHost host, ILogger<PeerLink> logger) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly OutgoingRequests _requests = new();
    private int _pumps;
    private LinkConnection? _connection;
    private LinkConnection? _spare;
    private LinkSession? _session;
    private LinkSession? _spareSession;
    private DateTimeOffset? _parkedUntil;
    private bool _isReleased;

    public DomainPair Pair { get; } = pair;

    /// <summary>The session that is used or may be resumed, or null.</summary>
    public LinkSession? Session
    {
        get
        {
            lock (_lock)
                return _session;
        }
    }

    /// <summary>True if frames flow, on a connection of its own or on that of another link.</summary>
    public bool IsUp => (Carrier() ?? this).HasConnection;

    public void Ask(long number, PeerRequest request)
    {
        var way = Carrier() ?? this;
        way._requests.Add(Pair, number, request);
        way.Want();
        way.Pump();
    }

    public void Forget(long number) => (Carrier() ?? this)._requests.Forget(Pair, number);

    /// <summary>Values are lost while there is no session: SYNC repairs them. In a session nothing is lost, or the session ends.</summary>
    public void Tell(RouteBatch batch)
    {
        host.Quotas.Note(batch);
        var way = Carrier() ?? this;
        foreach (var outbound in PeerValues.EventsOf(batch, way.Session?.FormFor(Pair) ?? default, host.Clock.Now))
            way.Put(outbound);
    }

    public void TellMember(MemberNotice notice, Address to) => PutHereOrThere(new PeerMemberEvent(notice, to));

    public long NextTag() => _requests.NextTag();

    /// <summary>A response of the other side.</summary>
    public async Task Answered(Frame response)
    {
        if (_questions.TryRemove(response.Number, out var question))
        {
            question.TrySetResult(response);
            return;
        }

        if (_requests.Remove(response.Number) is not { } request)
            return;
        // A person who asks too much is told so himself; the others go on.
        if (response.Code == 429 && response.Parameters["param"] != "from"
            && int.TryParse(response.Parameters["retry"] ?? "1", out var seconds))
        {
            _requests.Pause(request, host.Clock.Now + TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 600)));
            return;
        }

        await host.GrainOf(request.Pair).Answer(request.Number, PeerFrames.ReplyOf(response));
        Pump();
    }

    /// <summary>Answers a request of the other side, on the connection that its session has by now.</summary>
    public void Reply(LinkSession session, LinkConnection askedOn, long tag, Reply reply)
    {
        LinkConnection? connection;
        lock (_lock)
            connection = _session == session ? _connection : askedOn;
        connection?.Answer(tag, reply);
    }

    /// <summary>Looks at the time; called about once a second.</summary>
    public void Tick()
    {
        LinkSession? over = null;
        lock (_lock)
        {
            _connection?.Tick();
            _spare?.Tick();
            if (_connection is null && _session is not null && _parkedUntil <= host.Clock.Now)
                (over, _session) = (_session, null);
        }

        over?.Outbox.Close();
        ReviewCarrier();
        Pump();
    }

    public LinkReport Report()
    {
        if (Carrier() is { } carrier)
            return carrier.Report();
        lock (_lock)
        {
            return _connection is not null ? new LinkReport(LinkCondition.Up, _session!.Number, null)
                : new LinkReport(_failure is null ? LinkCondition.Connecting : LinkCondition.Down, 0, _failure?.Refusal);
        }
    }

    /// <summary>Another gateway has it, or the domain is not to be spoken with any more.</summary>
    public void Release(string reason)
    {
        lock (_lock)
        {
            _isReleased = true;
            _connection?.End(reason);
            _spare?.End(reason);
            _session?.Outbox.Close();
            _session = null;
            _carrierSession?.Remove(Pair);
            (_carrier, _carrierSession) = (null, null);
        }

        EndQuestions();
        _stop.Cancel();
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>Sends what may be sent now, never faster than the other side reads. Whoever comes meanwhile is not forgotten.</summary>
    private void Pump()
    {
        if (Interlocked.Increment(ref _pumps) == 1)
            _ = PumpAll();
    }

    private async Task PumpAll()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _pumps);
            try
            {
                await SendAll();
            }
            catch (Exception exception)
            {
                // The edge: nobody awaits the pump. What was not sent is sent by the next one.
                LogPumpFailed(logger, Pair.ToString(), exception);
            }
        }
        while (Interlocked.CompareExchange(ref _pumps, 0, seen) != seen);
    }

    private async Task SendAll()
    {
        while (Current() is { } connection && _requests.TakeNext(connection.InFlight, host.Clock.Now) is { } next)
        {
            connection.Wire.Put((ref FrameWriter writer) =>
                PeerFrames.Write(ref writer, next.Tag, next.Request, host.Clock.Now));
            await connection.Wire.Relieved();
        }
    }

    private LinkConnection? Current()
    {
        lock (_lock)
            return _connection;
    }

    private void Put(OutboundEvent outbound)
    {
        LinkConnection? connection;
        lock (_lock)
        {
            if (_session is not { IsBroken: false } session || session.Outbox.TryPut(outbound))
                return;
            session.IsBroken = true;
            connection = _connection;
        }

        connection?.End("slow-reader");
    }

    [LoggerMessage(2060, LogLevel.Error, "A request could not be sent on the link {Pair}.")]
    private static partial void LogPumpFailed(ILogger logger, string pair, Exception exception);
}
