using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Replies;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Commands;

/// <summary><c>SEND tag address mid= [type= lang= want= ttl= re= subject= auto=] {n}</c></summary>
public sealed record SendCommand(
    Address To,
    string Id,
    string Type,
    ReadOnlyMemory<byte> Body,
    string? Language,
    string? Subject,
    string? InReplyTo,
    ReceiptWishes Wants,
    bool IsAutomatic,
    TimeSpan Life)
{
    public static readonly string[] Fields = ["mid", "type", "lang", "want", "ttl", "re", "subject", "auto"];

    /// <summary>Life of a message when the request names none: 30 s; at most 24 h.</summary>
    private static readonly TimeSpan DefaultLife = TimeSpan.FromSeconds(30);

    private const int MaxLifeSeconds = 86_400;

    public static (SendCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var life = fields.Number("ttl", 1, MaxLifeSeconds);
        var command = new SendCommand(
            fields.TargetNode(self),
            fields.RequiredToken("mid"),
            fields.Text("type") ?? MessageDefaults.Type,
            frame.Body ?? default,
            fields.Text("lang"),
            fields.Text("subject"),
            fields.Token("re"),
            DispositionWords.ParseWishes(fields.Text("want")),
            fields.Flag("auto"),
            life is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultLife);
        if (frame.Body is null)
            fields.Refuse(Refusal.BadRequest);
        if (command.To.IsDomain)
            fields.Refuse(Refusal.BadAddress);
        return (command, fields.Refusal);
    }
}

/// <summary><c>RECEIPT tag address mid= disp=displayed</c></summary>
public sealed record ReceiptCommand(Address To, string MessageId, Disposition Disposition)
{
    public static readonly string[] Fields = ["mid", "disp"];

    public static (ReceiptCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var to = fields.TargetNode(self);
        var id = fields.RequiredToken("mid");
        if (!DispositionWords.TryParse(fields.Required("disp"), out var disposition))
            fields.Refuse(Refusal.BadParameter("disp"));
        return (new ReceiptCommand(to, id, disposition), fields.Refusal);
    }
}
