using System.Security.Cryptography;
using Presence.Protocol.Framing;
using Presence.Sessions.Metrics;

namespace Presence.Sessions.Connections;

/// <content>What a connection says of its own accord.</content>
internal sealed partial class Connection
{
    /// <summary>Longest time, in seconds, that a client of a node that stops is asked to wait.</summary>
    private const int MostRetry = 10;

    /// <summary>The same with another gateway to go to, which must be reached while this one still has the session.</summary>
    private const int MostRetryElsewhere = 2;

    private static Reply SlowReader => new Reply(421, "slow-reader").With("retry", 5);

    private static Reply Overloaded => Reply.Last(421, "overloaded").With("retry", 10);

    /// <summary>Clients of a node that stops come back one after another, not all in the same second (T23).</summary>
    private Reply EndFor(string reason)
    {
        var end = Reply.Last(421, reason);
        if (reason != "going-down")
            return end;
        var elsewhere = string.IsNullOrEmpty(_options.Alternative) ? null : _options.Alternative;
        var most = elsewhere is null ? MostRetry : MostRetryElsewhere;
        return end.With("retry", RandomNumberGenerator.GetInt32(1, most + 1)).With("alt", elsewhere);
    }

    private void EndBeyond(string limit)
    {
        if (_endReason is null)
            _gateway.Metrics.Refused(limit);
        End("idle");
    }

    private void CountFault(FrameFault fault)
    {
        if (LimitWords.OfFault(fault.Code) is { } limit)
            _gateway.Metrics.Refused(limit);
    }

    private static Reply FaultReply(FrameFault fault, bool isLast) =>
        (isLast ? Reply.Last(fault.Code, fault.Reason) : new Reply(fault.Code, fault.Reason)).With("param", fault.Param);

    /// <summary>The transport gives a client that reads after all a few seconds to find out why.</summary>
    private void CutSlowReader()
    {
        LogSlowReader(_logger, _transport.Id, Session.User);
        _gateway.Metrics.Refused(LimitWords.SlowReader);
        Wire.Cut(SlowReader);
        End("slow-reader");

        // A TLS record that was cut in the middle can have nothing behind it.
        if (_transport.Tls is not null)
            _transport.Abort("slow-reader");
    }
}
