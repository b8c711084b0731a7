using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Protocol.Framing;

namespace Presence.Sessions.Delivery;

/// <summary><c>RECEIPT #n address mid= disp= [code=] t=</c></summary>
internal sealed class ReceiptEvent(Receipt receipt) : OutboundEvent
{
    public override int Octets => 160;

    public override void Write(ref FrameWriter writer, long sequence)
    {
        writer.Event("RECEIPT", sequence, receipt.From.ToString());
        writer.Param("mid", receipt.MessageId);
        writer.Param("disp", DispositionWords.Word(receipt.Disposition));
        if (receipt.Code != 0)
            writer.Param("code", receipt.Code);
        writer.Param("t", receipt.At);
        writer.End();
    }
}

/// <summary><c>WATCHER #n ~/path who= what=sub state= t=</c></summary>
internal sealed class WatcherEvent(WatcherNotice notice) : OutboundEvent
{
    public override int Octets => 160;

    public override void Write(ref FrameWriter writer, long sequence)
    {
        writer.Event("WATCHER", sequence, Place.Own(notice.Path).ToString());
        writer.Param("who", notice.Who);
        writer.Param("what", "sub");
        writer.Param("state", notice.State is { } state ? SubscriptionWords.Word(state) : SubscriptionWords.Terminated);
        writer.Param("t", notice.At);
        writer.End();
    }
}

/// <summary><c>WATCHER #n ~/path who= what=query t=</c></summary>
internal sealed class QueryEvent(QueryNotice notice) : OutboundEvent
{
    public override int Octets => 140;

    public override void Write(ref FrameWriter writer, long sequence)
    {
        writer.Event("WATCHER", sequence, Place.Own(notice.Path).ToString());
        writer.Param("who", notice.Who);
        writer.Param("what", "query");
        writer.Param("t", notice.At);
        writer.End();
    }
}

/// <summary><c>NOTIFY #n place id= state=terminated why=</c>, or an activation that has no value to tell.</summary>
internal sealed class StateEvent(string place, string id, string state, string? why) : OutboundEvent
{
    public StateEvent(Watch watch, string state, string? why)
        : this(new Place(watch.Node, watch.Path).ToString(), watch.Id, state, why)
    {
    }

    public override int Octets => 120;

    public override void Write(ref FrameWriter writer, long sequence)
    {
        writer.Event("NOTIFY", sequence, place);
        writer.Param("id", id);
        writer.Param("state", state);
        if (why is not null)
            writer.Param("why", why);
        writer.End();
    }
}
