using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Messages;
using Presence.Model.Replies;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Commands;

/// <summary>
/// <c>SEND tag address|domain/interest/class|* mid= [to= type= lang= want= ttl= class= re= subject= auto= deliver=] {n}</c>
/// Recipients are named each once, in the order given; one unless the target is <c>*</c>. Life is 1 s–24 h, default 30 s.
/// For an interest node the one recipient is its domain, and <paramref name="Interest"/> is the class.
/// </summary>
public sealed record SendCommand(
    ImmutableArray<Address> To,
    bool IsList,
    string Id,
    string Type,
    ReadOnlyMemory<byte> Body,
    string? Language,
    string? Class,
    string? Subject,
    string? InReplyTo,
    ReceiptWishes Wants,
    bool TakesRedirect,
    bool IsAutomatic,
    bool IsForBest,
    TimeSpan Life,
    ClassPattern? Interest)
{
    /// <summary>True if the life is the sender's own (<c>ttl</c>) and not the default.</summary>
    public bool HasOwnLife { get; init; }

    public static readonly string[] Fields =
        ["to", "mid", "type", "lang", "want", "ttl", "class", "re", "subject", "auto", "deliver"];

    /// <summary>Recipients that one request may name.</summary>
    public const int MaxRecipients = 50;

    private const int MaxLifeSeconds = 86_400;
    private static readonly TimeSpan DefaultLife = TimeSpan.FromSeconds(30);

    public static (SendCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var isList = frame.Target == "*";
        var life = fields.Number("ttl", 1, MaxLifeSeconds);
        var interest = isList ? null : ReadInterest(frame.Target, self);
        var command = new SendCommand(
            isList ? ReadList(ref fields)
            : interest is null ? [fields.TargetNode(self)]
            : [fields.Target(self).Address!.Value],
            isList,
            fields.RequiredToken("mid"),
            fields.Text("type") ?? MessageDefaults.Type,
            frame.Body ?? default,
            fields.Text("lang"),
            ReadClass(ref fields, interest),
            fields.Text("subject"),
            fields.Token("re"),
            DispositionWords.ParseWishes(fields.Text("want")),
            fields.Text("want")?.Split(',').Contains("redirect") ?? false,
            fields.Flag("auto"),
            fields.Choice("deliver", "all", "best") == "best",
            life is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultLife,
            interest)
        {
            HasOwnLife = life is not null,
        };
        if (frame.Body is null)
            fields.Refuse(Refusal.BadRequest);
        foreach (var to in command.To)
        {
            if (interest is null && to.IsDomain)
                fields.Refuse(Refusal.BadAddress);
        }

        return (command, fields.Refusal);
    }

    // A person's name has no path: most targets are read once and not twice.
    private static ClassPattern? ReadInterest(string? target, Address self) =>
        target?.Contains('/') == true && Place.TryParse(target, out var place, out _) && InterestNode.TryRead(place.Resolve(self), out var pattern)
            && !pattern.IsWild
            ? pattern
            : null;

    /// <summary>One class, without wildcards; at an interest node the one that its name tells.</summary>
    private static string? ReadClass(ref FieldReader fields, ClassPattern? interest)
    {
        if (fields.Text("class") is not { } text)
            return interest?.ToString();
        if (!ClassPattern.TryParse(text, out var name) || name.IsWild || (interest is { } node && node != name))
            fields.Refuse(Refusal.BadParameter("class"));
        return name.ToString();
    }

    private static ImmutableArray<Address> ReadList(ref FieldReader fields)
    {
        var items = fields.Required("to").Split(',');
        if (items.Length > MaxRecipients)
            fields.Refuse(Refusal.TooMany);
        var list = ImmutableArray.CreateBuilder<Address>();
        foreach (var item in items.Take(MaxRecipients))
        {
            if (!Address.TryParse(item, out var address, out _))
                fields.Refuse(Refusal.BadParameter("to"));
            else if (!list.Contains(address))
                list.Add(address);
        }

        return list.ToImmutable();
    }
}
