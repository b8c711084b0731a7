using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Commands;

/// <summary><c>FIND tag domain q= [max=]</c>: 2–64 characters of an address or name; at most 10 answers, default 10.</summary>
public sealed record FindCommand(Address Domain, string Query, int Max)
{
    public static readonly string[] Fields = ["q", "max"];

    private const int MaxAnswers = 10;

    public static (FindCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var domain = fields.TargetNode(self);
        if (!domain.IsDomain)
            fields.Refuse(Refusal.NotAllowed);
        var query = fields.Required("q").Trim();
        if (query.Length is < 2 or > 64)
            fields.Refuse(Refusal.BadParameter("q"));
        var max = fields.Number("max", 1, int.MaxValue) ?? MaxAnswers;
        return (new FindCommand(domain, query, (int)Math.Min(max, MaxAnswers)), fields.Refusal);
    }
}

/// <summary><c>LOCATE tag address</c></summary>
public sealed record LocateCommand(Address Node)
{
    public static (LocateCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        return (new LocateCommand(fields.TargetNode(self)), fields.Refusal);
    }
}
