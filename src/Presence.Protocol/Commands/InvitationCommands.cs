using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Commands;

/// <summary>
/// <c>INVITE tag address inv= [ttl= type= want=redirect] {n}</c>. It rings for 1–600 s, default 30 s.
/// </summary>
public sealed record InviteCommand(
    Address To, string Id, string Type, ReadOnlyMemory<byte> Offer, TimeSpan Life, bool TakesRedirect)
{
    public static readonly string[] Fields = ["inv", "ttl", "type", "want"];

    private const int MaxLifeSeconds = 600;
    private static readonly TimeSpan DefaultLife = TimeSpan.FromSeconds(30);

    public static (InviteCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var life = fields.Number("ttl", 1, MaxLifeSeconds);
        var command = new InviteCommand(
            fields.TargetNode(self),
            fields.RequiredToken("inv"),
            fields.Text("type") ?? MessageDefaults.Type,
            frame.Body ?? default,
            life is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultLife,
            fields.Text("want")?.Split(',').Contains("redirect") ?? false);
        if (frame.Body is null)
            fields.Refuse(Refusal.BadRequest);
        return (command, fields.Refusal);
    }
}

/// <summary><c>ANSWER tag address inv= code= [type=] [{n}]</c>: the target is the caller; the code is 100–699.</summary>
public sealed record AnswerCommand(Address To, string Id, int Code, string? Type, ReadOnlyMemory<byte> Body)
{
    public static readonly string[] Fields = ["inv", "code", "type"];

    public static (AnswerCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var to = fields.TargetNode(self);
        var id = fields.RequiredToken("inv");
        fields.Required("code");
        var code = (int)(fields.Number("code", 100, 699) ?? 0);
        var type = frame.Body is null ? null : fields.Text("type") ?? MessageDefaults.Type;
        return (new AnswerCommand(to, id, code, type, frame.Body ?? default), fields.Refusal);
    }
}

/// <summary><c>CANCEL tag address inv= [why=]</c></summary>
public sealed record CancelCommand(Address To, string Id, string? Why)
{
    public static readonly string[] Fields = ["inv", "why"];

    public static (CancelCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        return (new CancelCommand(fields.TargetNode(self), fields.RequiredToken("inv"), fields.Token("why")),
            fields.Refusal);
    }
}

/// <summary><c>REFER tag address to= [why=]</c>: asks the recipient to turn to another address.</summary>
public sealed record ReferCommand(Address Target, Address To, string? Why)
{
    public static readonly string[] Fields = ["to", "why"];

    public static (ReferCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        return (new ReferCommand(fields.TargetNode(self), fields.Address("to"), fields.Text("why")), fields.Refusal);
    }
}
