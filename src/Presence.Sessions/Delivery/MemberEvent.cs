using Presence.Contracts.Routes;
using Presence.Model.Groups;
using Presence.Protocol.Framing;

namespace Presence.Sessions.Delivery;

/// <summary><c>MEMBER #n group who= state= [role=] t=</c></summary>
internal sealed class MemberEvent(MemberNotice notice) : OutboundEvent
{
    public override int Octets => 160;

    public override void Write(ref FrameWriter writer, long sequence)
    {
        writer.Event("MEMBER", sequence, notice.Group.ToString());
        writer.Param("who", notice.Who.ToString());
        writer.Param("state", GroupStandingWords.Word(notice.Standing));
        if (notice.Role is { } role)
            writer.Param("role", GroupRoleWords.Word(role));
        writer.Param("t", notice.At);
        writer.End();
    }
}
