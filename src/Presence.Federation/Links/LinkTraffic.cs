using Presence.Federation.Inbound;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Federation.Links;

/// <summary>
/// All frames of a bound connection. Responses and events are dealt with as they come; requests are executed beside each
/// other as <see cref="RequestLanes"/> lets them.
/// </summary>
internal sealed class LinkTraffic(
    LinkConnection connection, LinkSession session, PeerLink link, InboundFrames inbound, LinkClaims claims,
    PeerConduct conduct, PeerLinkOptions options, TimeProvider time)
{
    /// <summary>Events that one ACK may stand for.</summary>
    private const int MostTogether = 64;

    private readonly RequestLanes _lanes = new();
    private readonly RateLimit _rate = new(options.RequestsPerSecond, options.RequestBurst, time);
    private int _isDismissed;
    private int _unacknowledged;

    public async Task Run()
    {
        connection.NextTag = link.NextTag;
        connection.OnIdle = Acknowledge;
        connection.OnMalformed = () => conduct.Misdeed(connection.Remote);
        while (await connection.Next() is { } frame)
        {
            if (!IsWelcome())
                return;
            session.Secret?.Confirm();
            switch (frame.Kind)
            {
                case FrameKind.Request:
                    if (!TakeRequest(frame))
                        return;
                    await connection.Wire.Relieved();
                    break;
                case FrameKind.Response when frame.Code == 421:
                    return;
                case FrameKind.Response:
                    await link.Answered(frame);
                    break;
                case FrameKind.Event:
                    if (!await TakeEvent(frame))
                        return;
                    break;
                case FrameKind.Acknowledgement:
                    if (session.Outbox.Acknowledge(frame.Number) is null)
                    {
                        connection.Answer(0, Reply.Last(400, "bad-request"));
                        return;
                    }

                    break;
            }
        }
    }

    /// <summary>False when the connection is over.</summary>
    private bool TakeRequest(Frame request)
    {
        if (request.Verb == "QUIT")
        {
            connection.Answer(request.Number, Reply.Last(221, "bye"));
            return false;
        }

        if (!_rate.TryTake())
        {
            if (_rate.IsAbused)
                conduct.ShutOut(connection.Remote);
            else
                connection.Answer(request.Number, new Reply(429, "slow-down").With("retry", 1));
            return IsWelcome();
        }

        switch (session.Replies.Judge(request.Number, out var known))
        {
            case TagVerdict.Repeat:
                connection.Wire.Put(request.Number, known!, isRepeat: true);
                return true;
            case TagVerdict.Stale:
                connection.Answer(request.Number, new Reply(409, "stale-tag"));
                return true;
        }

        // One that is being executed will be answered, on whatever connection there is then.
        if (!session.Executing.TryAdd(request.Number, true))
            return true;
        if (session.Executing.Count > options.InFlight)
        {
            session.Executing.TryRemove(request.Number, out _);
            connection.Answer(request.Number, new Reply(503, "overloaded").With("retry", 1));
            return true;
        }

        _lanes.Add(request, before => Execute(before, request));
        return true;
    }

    /// <summary>Never throws.</summary>
    private async Task Execute(Task before, Frame request)
    {
        await before;
        await Task.Yield();
        var reply = request.Verb switch
        {
            "CLAIM" => await claims.Accept(connection, session, link, request),
            "VERIFY" => claims.Verify(connection.Peer.Local, connection.Remote, request),
            _ => await inbound.Execute(session, request),
        };
        if (!inbound.IsSafe(request.Verb))
            session.Replies.Keep(request.Number, reply);
        session.Executing.TryRemove(request.Number, out _);
        link.Reply(session, connection, request.Number, reply);
        if (!IsWelcome())
            connection.End(null);
    }

    /// <summary>False, and the other side is told, if nothing more is to be heard of it for a while.</summary>
    private bool IsWelcome()
    {
        if (conduct.LeftOf(connection.Remote) is not { } left)
            return true;
        if (Interlocked.Exchange(ref _isDismissed, 1) == 0)
            connection.Answer(0, LinkAccepting.Unwelcome(left));
        return false;
    }

    /// <summary>False for an event that cannot be: something before it is missing.</summary>
    private async Task<bool> TakeEvent(Frame frame)
    {
        if (frame.Number > session.Seen)
        {
            var preceding = long.TryParse(frame.Parameters["prev"], out var told) ? told : frame.Number - 1;
            if (preceding > session.Seen)
            {
                connection.Answer(0, Reply.Last(400, "bad-request"));
                return false;
            }

            await inbound.Take(session, frame);
            session.Seen = frame.Number;
        }

        // What has come together is acknowledged together, but not all too late.
        if (++_unacknowledged == MostTogether)
            Acknowledge();
        return true;
    }

    private void Acknowledge()
    {
        if (_unacknowledged == 0)
            return;
        _unacknowledged = 0;
        connection.Wire.Put((ref FrameWriter writer) => writer.Acknowledge(session.Seen));
    }
}
