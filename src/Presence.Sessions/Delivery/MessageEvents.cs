using Presence.Contracts.Nearby;
using Presence.Contracts.Routes;
using Presence.Model.Messages;
using Presence.Protocol.Framing;

namespace Presence.Sessions.Delivery;

/// <summary>
/// <c>MSG #n ~|place from= mid= type= [lang= class= subject= re= want= request= auto= via= hops= delayed=] t= {n}</c>
/// </summary>
internal sealed class MessageEvent(MessageNotice notice) : OutboundEvent
{
    private readonly InstantMessage _message = notice.Message;

    /// <summary>That somebody is typing is state: only the last word of each person counts.</summary>
    public override object? SupersedeKey =>
        IsFleeting ? ("composing", _message.From, _message.Place) : null;

    public override bool IsFleeting { get; } = notice.Message.IsComposing;

    public override MarkedKey? Message => IsFleeting ? null : MarkedKey.Of(_message);

    public override int Octets => MessageFields.Octets(_message);

    public string Target => _message.Place?.ToString() ?? "~";

    public override void Write(ref FrameWriter writer, long sequence)
    {
        writer.Event("MSG", sequence, Target);
        WriteRest(ref writer);
    }

    /// <summary>All behind the number and the target.</summary>
    public void WriteRest(ref FrameWriter writer)
    {
        MessageFields.Write(ref writer, _message);
        if (notice.IsRequest)
            writer.Param("request", "yes");
        if (!_message.Via.IsEmpty)
        {
            writer.Param("via", string.Join(',', _message.Via));
            writer.Param("hops", _message.Hops);
        }

        if (_message.DelayedSince is { } since)
            writer.Param("delayed", since);
        writer.Param("t", _message.SentAt);
        writer.End(_message.Body.Span);
    }
}

/// <summary>
/// <c>MSG #n address|* from= mid= [to=] … t= {n}</c>: what another endpoint of the user has sent. The target is the recipient
/// and <c>from</c> is the user, so it cannot be taken for a message to him; a list stands in <c>to</c>, as it was sent.
/// </summary>
internal sealed class CopyEvent(CopyNotice notice) : OutboundEvent
{
    public override int Octets => MessageFields.Octets(notice.Message) + (64 * notice.To.Length);

    public override void Write(ref FrameWriter writer, long sequence)
    {
        writer.Event("MSG", sequence, notice.To.Length == 1 ? notice.To[0].ToString() : "*");
        if (notice.To.Length > 1)
            writer.Param("to", string.Join(',', notice.To));
        MessageFields.Write(ref writer, notice.Message);
        writer.Param("t", notice.Message.SentAt);
        writer.End(notice.Message.Body.Span);
    }
}

/// <summary>What every form of MSG has in common.</summary>
internal static class MessageFields
{
    public static int Octets(InstantMessage message) => 200 + message.Type.Length + message.Body.Length;

    public static void Write(ref FrameWriter writer, InstantMessage message)
    {
        writer.Param("from", message.From);
        writer.Param("mid", message.Id);
        writer.Param("type", message.Type);
        Optional(ref writer, "lang", message.Language);
        Optional(ref writer, "class", message.Class);
        Optional(ref writer, "subject", message.Subject);
        Optional(ref writer, "re", message.InReplyTo);
        Optional(ref writer, "want", DispositionWords.Format(message.Wants));
        Optional(ref writer, "auto", message.IsAutomatic ? "yes" : null);
    }

    private static void Optional(ref FrameWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.Param(name, value);
    }
}
