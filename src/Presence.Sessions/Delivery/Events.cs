using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;
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
        writer.Param("who", notice.Who.ToString());
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

/// <summary>What a value is about: of two with an equal key only the newer one must arrive.</summary>
internal sealed record ValueKey(Address Node, string Id, PropertyPath Path);

/// <summary>
/// <c>NOTIFY #n place id= [state= expires= why=] ver= val= t=</c>: the value of one property for one subscription. A
/// property that is gone has neither <c>val</c> nor a body, and <c>why=deleted</c>.
/// </summary>
internal sealed class ValueEvent(Watch watch, PropertyDelta delta, SubscriptionNotice? notice, DateTimeOffset now)
    : OutboundEvent
{
    /// <summary>The state of a subscription must arrive; plain values may overtake each other.</summary>
    public override object? SupersedeKey { get; } =
        notice is null ? new ValueKey(watch.Node, watch.Id, delta.Path) : null;

    public override int Octets => 160 + (delta.Now?.Value.Size ?? 0);

    public override void Write(ref FrameWriter writer, long sequence)
    {
        writer.Event("NOTIFY", sequence, new Place(watch.Node, delta.Path).ToString());
        writer.Param("id", watch.Id);
        if (notice is { Event: SubscriptionEvent.Activated, Expires: { } expires })
        {
            writer.Param("state", SubscriptionWords.Word(SubscriptionState.Active));
            writer.Param("expires", (long)(expires - now).TotalSeconds);
        }

        writer.Param("ver", delta.Version);
        var value = delta.Now?.Value;
        if (value?.Text is { } text)
            writer.Param("val", text);
        if (value?.Type is { } type)
            writer.Param("type", type);
        if (value?.Language is { } language)
            writer.Param("lang", language);
        writer.Param("t", delta.At);
        if (value is null || delta.Why is not null)
            writer.Param("why", delta.Why ?? "deleted");
        if (value is { Text: null })
            writer.End(value.Body.Span);
        else
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
