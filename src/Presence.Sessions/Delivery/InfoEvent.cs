using Presence.Model.Addresses;
using Presence.Protocol.Framing;

namespace Presence.Sessions.Delivery;

/// <summary><c>INFO #n domain what=announcement text= t=</c></summary>
internal sealed class InfoEvent(Domain domain, string what, string text, DateTimeOffset at) : OutboundEvent
{
    public override int Octets => 96 + (3 * text.Length);

    public override void Write(ref FrameWriter writer, long sequence)
    {
        writer.Event("INFO", sequence, domain.Value);
        writer.Param("what", what);
        writer.Param("text", text);
        writer.Param("t", at);
        writer.End();
    }
}
