using Presence.Contracts.Routes;
using Presence.Protocol.Framing;

namespace Presence.Sessions.Delivery;

/// <summary><c>INVITE #n ~ from= inv= ttl= type= {n}</c></summary>
internal sealed class InviteEvent(InviteNotice notice) : OutboundEvent
{
    public override int Octets => 200 + notice.Invitation.Type.Length + notice.Invitation.Offer.Length;

    public override void Write(ref FrameWriter writer, long sequence)
    {
        var invitation = notice.Invitation;
        writer.Event("INVITE", sequence, "~");
        writer.Param("from", invitation.From.ToString());
        writer.Param("inv", invitation.Id);
        writer.Param("ttl", (long)invitation.Life.TotalSeconds);
        writer.Param("type", invitation.Type);
        writer.End(invitation.Offer.Span);
    }
}

/// <summary><c>ANSWER #n address[/ep/name] inv= code= [type= {n}]</c></summary>
internal sealed class AnswerEvent(AnswerNotice notice) : OutboundEvent
{
    public override int Octets => 200 + (notice.Type?.Length ?? 0) + notice.Body.Length;

    public override void Write(ref FrameWriter writer, long sequence)
    {
        var from = notice.From.ToString();
        writer.Event("ANSWER", sequence, notice.Endpoint is { } endpoint ? $"{from}/ep/{endpoint}" : from);
        writer.Param("inv", notice.Id);
        writer.Param("code", notice.Code);
        if (notice.Type is not { } type)
        {
            writer.End();
            return;
        }

        writer.Param("type", type);
        writer.End(notice.Body.Span);
    }
}

/// <summary><c>CANCEL #n ~ inv= [why=]</c></summary>
internal sealed class CancelEvent(CancelNotice notice) : OutboundEvent
{
    public override int Octets => 100;

    public override void Write(ref FrameWriter writer, long sequence)
    {
        writer.Event("CANCEL", sequence, "~");
        writer.Param("inv", notice.Id);
        if (notice.Why is { } why)
            writer.Param("why", why);
        writer.End();
    }
}

/// <summary><c>REFER #n ~ from= to= [why=]</c></summary>
internal sealed class ReferEvent(ReferNotice notice) : OutboundEvent
{
    public override int Octets => 160 + (notice.Why?.Length ?? 0);

    public override void Write(ref FrameWriter writer, long sequence)
    {
        writer.Event("REFER", sequence, "~");
        writer.Param("from", notice.From.ToString());
        writer.Param("to", notice.To.ToString());
        if (notice.Why is { } why)
            writer.Param("why", why);
        writer.End();
    }
}
