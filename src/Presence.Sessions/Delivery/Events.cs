using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;
using Presence.Protocol.Framing;

namespace Presence.Sessions.Delivery;

/// <summary><c>MSG #n ~|place from= mid= type= [lang= class= subject= re= want= request= auto=] t= {n}</c></summary>
internal sealed class MessageEvent(MessageNotice notice) : OutboundEvent
{
    private readonly InstantMessage _message = notice.Message;

    public override MessageKey? Message => new MessageKey(_message.From, _message.Id);

    public override int Octets => 200 + _message.Type.Length + _message.Body.Length;

    public override void Write(ref FrameWriter writer, long sequence)
    {
        writer.Event("MSG", sequence, _message.Place?.ToString() ?? "~");
        writer.Param("from", _message.From.ToString());
        writer.Param("mid", _message.Id);
        writer.Param("type", _message.Type);
        Optional(ref writer, "lang", _message.Language);
        Optional(ref writer, "class", _message.Class);
        Optional(ref writer, "subject", _message.Subject);
        Optional(ref writer, "re", _message.InReplyTo);
        Optional(ref writer, "want", DispositionWords.Format(_message.Wants));
        Optional(ref writer, "request", notice.IsRequest ? "yes" : null);
        Optional(ref writer, "auto", _message.IsAutomatic ? "yes" : null);
        writer.Param("t", _message.SentAt);
        writer.End(_message.Body.Span);
    }

    private static void Optional(ref FrameWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.Param(name, value);
    }
}

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

/// <summary>
/// <c>NOTIFY #n place id= [state= expires= why=] ver= val= t=</c>: the value of one property for one subscription. A
/// property that is gone has neither <c>val</c> nor a body, and <c>why=deleted</c>.
/// </summary>
internal sealed class ValueEvent(Watch watch, PropertyDelta delta, SubscriptionNotice? notice, DateTimeOffset now)
    : OutboundEvent
{
    /// <summary>The state of a subscription must arrive; plain values may overtake each other.</summary>
    public override object? SupersedeKey => notice is null ? (watch, delta.Path) : null;

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
internal sealed class StateEvent(Watch watch, string state, string? why) : OutboundEvent
{
    public override int Octets => 120;

    public override void Write(ref FrameWriter writer, long sequence)
    {
        writer.Event("NOTIFY", sequence, new Place(watch.Node, watch.Path).ToString());
        writer.Param("id", watch.Id);
        writer.Param("state", state);
        if (why is not null)
            writer.Param("why", why);
        writer.End();
    }
}
