using System.Collections.Immutable;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Bodies;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Commands;

/// <summary><c>GETACL tag place[/path]</c></summary>
public sealed record GetAccessCommand(Place Place)
{
    public static readonly string[] Fields = [];

    public static (GetAccessCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var command = new GetAccessCommand(fields.Target(self));
        return (command, fields.Refusal);
    }
}

/// <summary><c>SETACL tag place[/path] [if=] type=text/pip-acl {n}</c>; an empty body takes the list away.</summary>
public sealed record SetAccessCommand(Place Place, long? If, ImmutableArray<AccessEntry> Entries)
{
    public const string BodyType = "text/pip-acl";

    /// <summary>Lines that are read at all; what a node may hold is for its home server to say.</summary>
    private const int MaxItems = 10_000;

    public static readonly string[] Fields = ["if", "type"];

    public static (SetAccessCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var place = fields.Target(self);
        var onlyIf = fields.Number("if", 0, long.MaxValue);
        if (fields.Text("type") is { } type && type != BodyType)
            fields.Refuse(new Refusal(415, "type-refused"));
        if (frame.Body is not { } body)
            fields.Refuse(Refusal.BadRequest);
        else if (LineBodyReader.TryReadAll(body.Span, MaxItems, out var items, out var fault))
            return (new SetAccessCommand(place, onlyIf, ReadItems(items, ref fields)), fields.Refusal);
        else
            fields.Refuse(new Refusal(fault.Code, fault.Reason, fault.Param));
        return (new SetAccessCommand(place, onlyIf, []), fields.Refusal);
    }

    private static ImmutableArray<AccessEntry> ReadItems(IReadOnlyList<LineItem> items, ref FieldReader fields)
    {
        var entries = ImmutableArray.CreateBuilder<AccessEntry>(items.Count);
        foreach (var item in items)
        {
            if (AccessEntry.Parse(item.First, item.Second, item.Third, item.Parameters["path"]) is { } entry)
                entries.Add(entry);
            else
                fields.Refuse(Refusal.BadParameter("line"));
        }

        return entries.ToImmutable();
    }
}

/// <summary><c>BLOCK tag place who= [mode=polite|explicit scope=]</c></summary>
public sealed record BlockCommand(Address Node, Principal Who, bool IsExplicit, Rights Scope)
{
    public static readonly string[] Fields = ["who", "mode", "scope"];

    public static (BlockCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var command = new BlockCommand(
            fields.TargetNode(self),
            fields.ListedPrincipal(),
            fields.Choice("mode", "polite", "explicit") == "explicit",
            fields.Rights("scope") ?? Rights.All);
        return (command, fields.Refusal);
    }
}

/// <summary><c>UNBLOCK</c>, <c>ALLOW</c>, <c>UNALLOW tag place who=</c></summary>
public sealed record PersonCommand(Address Node, Principal Who)
{
    public static readonly string[] Fields = ["who"];

    public static (PersonCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var command = new PersonCommand(fields.TargetNode(self), fields.ListedPrincipal());
        return (command, fields.Refusal);
    }
}

/// <summary><c>LISTS tag place</c></summary>
public sealed record ListsCommand(Address Node)
{
    public static readonly string[] Fields = [];

    public static (ListsCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        return (new ListsCommand(fields.TargetNode(self)), fields.Refusal);
    }
}
