using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Properties;
using Presence.Model.Replies;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Commands;

/// <summary>
/// <c>CREATE tag address [kind=group|service|device|feed join= send= list= anon= rule=]</c>, or with a <c>text/pip-props</c>
/// body for these and any other property.
/// </summary>
public sealed record CreateCommand(Address Node, string Kind, ImmutableArray<PropertyChange> Changes)
{
    public static readonly string[] Fields = ["kind", .. Settings, "type"];

    private static string[] Settings => ["join", "send", "list", "anon", "rule"];

    public static (CreateCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var node = fields.TargetNode(self);
        if (node.IsDomain)
            fields.Refuse(Refusal.BadAddress);
        var kind = fields.Choice("kind", NodeKinds.Group, NodeKinds.Service, NodeKinds.Device, NodeKinds.Feed);
        var changes = ImmutableArray.CreateBuilder<PropertyChange>();
        foreach (var name in Settings)
        {
            if (fields.Text(name) is { } value)
                changes.Add(new PropertyChange(PropertyPath.Root.Append(name), PropertyValue.OfText(value)));
        }

        if (frame.Body is { } body)
        {
            if (fields.Text("type") != SetCommand.PropsType)
                fields.Refuse(Refusal.BadParameter("type"));
            else
                changes.AddRange(SetCommand.ReadItems(body, PropertyPath.Root, ref fields));
        }

        return (new CreateCommand(node, kind, changes.ToImmutable()), fields.Refusal);
    }
}

/// <summary><c>DESTROY tag address [if=]</c></summary>
public sealed record DestroyCommand(Address Node, long? If)
{
    public static readonly string[] Fields = ["if"];

    public static (DestroyCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        return (new DestroyCommand(fields.TargetNode(self), fields.Number("if", 0, long.MaxValue)), fields.Refusal);
    }
}

/// <summary><c>JOIN tag address|domain/interest/pattern [classes= who= role=]</c></summary>
/// <param name="Place">The group or interest node.</param>
/// <param name="Who">Whom it is about; null for the asker.</param>
/// <param name="Role">The role wanted, or null.</param>
/// <param name="Classes">Patterns joined by commas; empty to want every message again; null to leave them.</param>
public sealed record JoinCommand(Place Place, Address? Who, GroupRole? Role, ImmutableArray<ClassPattern>? Classes)
{
    public static readonly string[] Fields = ["classes", "who", "role"];

    public static (JoinCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        GroupRole? role = null;
        if (fields.Text("role") is { } word)
        {
            if (GroupRoleWords.TryParse(word, out var known))
                role = known;
            else
                fields.Refuse(Refusal.BadParameter("role"));
        }

        return (new JoinCommand(GroupTarget.Read(ref fields, self), GroupTarget.Who(frame, ref fields), role,
            ReadClasses(ref fields)), fields.Refusal);
    }

    private static ImmutableArray<ClassPattern>? ReadClasses(ref FieldReader fields)
    {
        if (fields.Text("classes") is not { } list)
            return null;
        var classes = ImmutableArray.CreateBuilder<ClassPattern>();
        foreach (var text in list.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (ClassPattern.TryParse(text, out var pattern))
                classes.Add(pattern);
            else
                fields.Refuse(Refusal.BadParameter("classes"));
        }

        return classes.ToImmutable();
    }
}

/// <summary><c>LEAVE tag address|domain/interest/pattern [who=]</c></summary>
public sealed record LeaveCommand(Place Place, Address? Who)
{
    public static readonly string[] Fields = ["who"];

    public static (LeaveCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        return (new LeaveCommand(GroupTarget.Read(ref fields, self), GroupTarget.Who(frame, ref fields)), fields.Refusal);
    }
}

/// <summary><c>MEMBERS tag address [max= after=]</c></summary>
/// <param name="Place">The group or interest node.</param>
/// <param name="Max">Greatest number of items, 1–1 000, default 500.</param>
/// <param name="After">Continue after this address; null from the beginning.</param>
public sealed record MembersCommand(Place Place, int Max, Address? After)
{
    public const int DefaultMax = 500;

    public static readonly string[] Fields = ["max", "after"];

    public static (MembersCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        Address? after = fields.Text("after") is null ? null : fields.Address("after");
        var max = (int)(fields.Number("max", 1, 1000) ?? DefaultMax);
        return (new MembersCommand(GroupTarget.Read(ref fields, self), max, after), fields.Refusal);
    }
}

/// <summary>What the verbs of groups aim at.</summary>
internal static class GroupTarget
{
    /// <summary>A node, or an interest node; 484 for any other place.</summary>
    public static Place Read(ref FieldReader fields, Address self)
    {
        var place = fields.Target(self);
        if (!place.Path.IsRoot && !InterestNode.TryRead(place, out _))
            fields.Refuse(Refusal.BadAddress);
        return place;
    }

    public static Address? Who(Frame frame, ref FieldReader fields) =>
        frame.Parameters.Has("who") ? fields.Address("who") : null;
}
