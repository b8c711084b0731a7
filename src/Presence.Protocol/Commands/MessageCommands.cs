using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Messages;
using Presence.Model.Replies;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Commands;

/// <summary>
/// <c>SEND tag address|domain/interest/class mid= [type= lang= want= ttl= class= re= subject= auto=] {n}</c>
/// </summary>
public sealed record SendCommand(
    Place Place,
    ClassPattern? Interest,
    string Id,
    string Type,
    ReadOnlyMemory<byte> Body,
    string? Language,
    string? Subject,
    string? InReplyTo,
    string? Class,
    ReceiptWishes Wants,
    bool IsAutomatic,
    TimeSpan Life)
{
    public Address To => Place.Address ?? default;

    public static readonly string[] Fields = ["mid", "type", "lang", "want", "ttl", "class", "re", "subject", "auto"];

    /// <summary>Life of a message when the request names none: 30 s; at most 24 h.</summary>
    private static readonly TimeSpan DefaultLife = TimeSpan.FromSeconds(30);

    private const int MaxLifeSeconds = 86_400;

    public static (SendCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var life = fields.Number("ttl", 1, MaxLifeSeconds);
        var place = fields.Target(self);
        ClassPattern? interest = InterestNode.TryRead(place, out var pattern) && !pattern.IsWild ? pattern : null;
        var command = new SendCommand(
            place,
            interest,
            fields.RequiredToken("mid"),
            fields.Text("type") ?? MessageDefaults.Type,
            frame.Body ?? default,
            fields.Text("lang"),
            fields.Text("subject"),
            fields.Token("re"),
            ReadClass(ref fields, interest),
            DispositionWords.ParseWishes(fields.Text("want")),
            fields.Flag("auto"),
            life is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultLife);
        if (frame.Body is null)
            fields.Refuse(Refusal.BadRequest);
        if (interest is null && (place.Address is { IsDomain: true } || !place.Path.IsRoot))
            fields.Refuse(Refusal.BadAddress);
        return (command, fields.Refusal);
    }

    /// <summary>One class, without wildcards; at an interest node the one that its name tells.</summary>
    private static string? ReadClass(ref FieldReader fields, ClassPattern? interest)
    {
        if (fields.Text("class") is not { } text)
            return interest?.ToString();
        if (!ClassPattern.TryParse(text, out var name) || name.IsWild || (interest is { } node && node != name))
            fields.Refuse(Refusal.BadParameter("class"));
        return name.ToString();
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
