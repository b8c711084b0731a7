using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Replies;
using Presence.Protocol.Bodies;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Commands;

/// <summary><c>GET tag place [if-not= accept= pass=yes | nonce= proof=]</c></summary>
/// <param name="Place">What is read.</param>
/// <param name="IfNot">Version that the asker has already.</param>
/// <param name="IsPidf">True for a presence document, <c>accept=application/pidf+xml</c>; whole nodes only, else 406.</param>
/// <param name="WantsChallenge">True for <c>pass=yes</c>: "I have a passphrase".</param>
/// <param name="Proof">Nonce and proof of one, or null.</param>
public sealed record GetCommand(
    Place Place, long? IfNot, bool IsPidf, bool WantsChallenge, (string Nonce, byte[] Octets)? Proof)
{
    public static readonly string[] Fields = ["if-not", "accept", "pass", "nonce", "proof"];

    private static readonly Refusal NotAcceptable = new(406, "not-acceptable");

    public static (GetCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var accepted = fields.Text("accept")?.Split(',');
        var isPidf = accepted?.Contains("application/pidf+xml") ?? false;
        var command = new GetCommand(
            fields.Target(self), fields.Number("if-not", 0, long.MaxValue), isPidf, fields.Flag("pass"),
            fields.Proof());
        if (isPidf ? !command.Place.Path.IsRoot : accepted?.Contains("text/pip-props") == false && command.Place.Path.IsRoot)
            fields.Refuse(NotAcceptable);
        return (command, fields.Refusal);
    }
}

/// <summary><c>DEL tag place/path [if=]</c></summary>
public sealed record DeleteCommand(Place Place, long? If)
{
    public static readonly string[] Fields = ["if"];

    /// <summary>The mode of a forward rule goes with it.</summary>
    public ImmutableArray<PropertyChange> Changes => Place.Path.Equals(StandardPaths.Forward)
        ? [new PropertyChange(StandardPaths.ForwardMode, null), new PropertyChange(Place.Path, null)]
        : [new PropertyChange(Place.Path, null)];

    public static (DeleteCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var command = new DeleteCommand(fields.Target(self), fields.Number("if", 0, long.MaxValue));
        return (command, fields.Refusal);
    }
}

/// <summary>
/// <c>SET tag place/path val=… | type=… {n} [if= lease= default= lang=]</c>, or on a container with a
/// <c>text/pip-props</c> body: all of its items or none. <c>mode=refer|proxy|alias</c> goes with the property <c>forward</c>
/// and is kept below it, under the same lease.
/// </summary>
public sealed record SetCommand(Place Place, ImmutableArray<PropertyChange> Changes, long? If)
{
    public static readonly string[] Fields = ["val", "type", "if", "lease", "default", "lang", "mode"];

    internal const string PropsType = "text/pip-props";
    private const int MaxItems = 256;

    public static (SetCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var place = fields.Target(self);
        var onlyIf = fields.Number("if", 0, long.MaxValue);
        ImmutableArray<PropertyChange> changes = frame.Body is { } body && fields.Text("type") == PropsType
            ? ReadItems(body, place.Path, ref fields)
            : place.Path.Equals(StandardPaths.Forward) ? ReadForward(frame, ref fields)
            : [ReadSingle(frame, place.Path, ref fields)];
        return (new SetCommand(place, changes, onlyIf), fields.Refusal);
    }

    private static PropertyChange ReadSingle(Frame frame, PropertyPath path, ref FieldReader fields)
    {
        var language = fields.Text("lang");
        var value = (fields.Text("val"), frame.Body) switch
        {
            ({ } text, null) => PropertyValue.OfText(text, language),
            (null, { } body) => PropertyValue.OfBody(body, fields.Text("type") ?? MessageDefaults.Type, language),
            _ => null,
        };
        if (value is null)
            fields.Refuse(Refusal.BadParameter("val"));
        return Change(path, value, fields.Seconds("lease"), fields.Text("default"), language);
    }

    /// <summary>The rule itself comes last, so that its version is the one that the answer tells.</summary>
    private static ImmutableArray<PropertyChange> ReadForward(Frame frame, ref FieldReader fields)
    {
        var rule = ReadSingle(frame, StandardPaths.Forward, ref fields);
        var mode = fields.Choice("mode", "refer", "proxy", "alias");
        if (!Address.TryParse(rule.Value?.Text, out var to, out _) || to.IsDomain)
            fields.Refuse(Refusal.BadParameter("val"));
        return [new PropertyChange(StandardPaths.ForwardMode, PropertyValue.OfText(mode), rule.Lease), rule];
    }

    internal static ImmutableArray<PropertyChange> ReadItems(
        ReadOnlyMemory<byte> body, PropertyPath container, ref FieldReader fields)
    {
        if (!LineBodyReader.TryReadAll(body.Span, MaxItems, out var items, out var fault))
        {
            fields.Refuse(new Refusal(fault.Code, fault.Reason, fault.Param));
            return [];
        }

        var changes = ImmutableArray.CreateBuilder<PropertyChange>(items.Count);
        foreach (var item in items)
        {
            if (ReadItem(item, container) is { } change)
                changes.Add(change);
            else
                fields.Refuse(Refusal.BadParameter("val"));
        }

        if (changes.Count == 0)
            fields.Refuse(Refusal.BadRequest);
        return changes.ToImmutable();
    }

    private static PropertyChange? ReadItem(LineItem item, PropertyPath container)
    {
        var text = container.IsRoot ? item.First : $"{container}/{item.First}";
        if (!PropertyPath.TryParse(text, out var path, out _) || item.Parameters["val"] is not { } value)
            return null;
        var language = item.Parameters["lang"];
        TimeSpan? lease = null;
        if (item.Parameters["lease"] is { } seconds)
        {
            if (!int.TryParse(seconds, out var number) || number <= 0)
                return null;
            lease = TimeSpan.FromSeconds(number);
        }

        return Change(path, PropertyValue.OfText(value, language), lease, item.Parameters["default"], language);
    }

    private static PropertyChange Change(
        PropertyPath path, PropertyValue? value, TimeSpan? lease, string? otherwise, string? language) =>
        new(path, value, lease, otherwise is null ? null : PropertyValue.OfText(otherwise, language));
}

/// <summary>What a body is when nothing is said.</summary>
public static class MessageDefaults
{
    public const string Type = "text/plain;charset=utf-8";
}
