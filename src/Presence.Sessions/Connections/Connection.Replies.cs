using Presence.Protocol.Framing;

namespace Presence.Sessions.Connections;

/// <content>What a connection says of its own accord.</content>
internal sealed partial class Connection
{
    private static Reply SlowReader => new Reply(421, "slow-reader").With("retry", 5);

    private static Reply Overloaded => Reply.Last(421, "overloaded").With("retry", 10);

    private static Reply FaultReply(FrameFault fault, bool isLast) =>
        (isLast ? Reply.Last(fault.Code, fault.Reason) : new Reply(fault.Code, fault.Reason)).With("param", fault.Param);

    /// <summary>The transport gives a client that reads after all a few seconds to find out why.</summary>
    private void CutSlowReader()
    {
        LogSlowReader(_logger, _transport.Id, Session.User);
        Wire.Cut(SlowReader);
        End("slow-reader");

        // A TLS record that was cut in the middle can have nothing behind it.
        if (_transport.Tls is not null)
            _transport.Abort("slow-reader");
    }
}
