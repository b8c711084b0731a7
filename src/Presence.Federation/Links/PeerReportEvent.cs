using Presence.Model.Addresses;
using Presence.Protocol.Framing;
using Presence.Sessions.Delivery;

namespace Presence.Federation.Links;

/// <summary><c>INFO #n abuse@domain what=abuse who= t=</c>: to the home of somebody who does not stop when he is refused.</summary>
internal sealed class PeerReportEvent(Address who, DateTimeOffset at) : OutboundEvent
{
    public const string Node = "abuse";

    public override int Octets => 160;

    public override void Write(ref FrameWriter writer, long sequence)
    {
        writer.Event("INFO", sequence, $"{Node}@{who.Domain}");
        writer.Param("what", Node);
        writer.Param("who", who.ToString());
        writer.Param("t", at);
        writer.End();
    }
}
