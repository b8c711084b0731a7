using Presence.Protocol.Framing;

namespace Presence.Sessions.Connections;

/// <content>What a connection says of its own accord.</content>
internal sealed partial class Connection
{
    private static Reply SlowReader => new Reply(421, "slow-reader").With("retry", 5);

    private static Reply Overloaded => Reply.Last(421, "overloaded").With("retry", 10);

    private static Reply FaultReply(FrameFault fault, bool isLast) =>
        (isLast ? Reply.Last(fault.Code, fault.Reason) : new Reply(fault.Code, fault.Reason)).With("param", fault.Param);
}
