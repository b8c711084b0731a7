using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Bodies;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Commands;

/// <summary><c>RESUME tag sid key= seen=</c></summary>
/// <param name="Session">Name of the session.</param>
/// <param name="Key">Its resume key, as presented.</param>
/// <param name="Seen">Number of the last event processed; 0 for none.</param>
public sealed record ResumeCommand(string Session, string Key, long Seen)
{
    public static readonly string[] Fields = ["key", "seen"];

    public static (ResumeCommand Command, Refusal? Refusal) Read(Frame frame)
    {
        var fields = new FieldReader(frame);
        if (frame.Target is null)
            fields.Refuse(Refusal.BadRequest);
        var command = new ResumeCommand(
            frame.Target ?? "", fields.Required("key"), fields.Number("seen", 0, long.MaxValue) ?? 0);
        if (!frame.Parameters.Has("seen"))
            fields.Refuse(Refusal.BadParameter("seen"));
        return (command, fields.Refusal);
    }
}

/// <summary><c>SYNC tag type=text/pip-sync {n}</c>, with items <c>id ver= [at=]</c>.</summary>
/// <param name="Known">What the client holds of each subscription.</param>
public sealed record SyncCommand(IReadOnlyList<SyncItem> Known)
{
    /// <summary>One line for each subscription that a user can have.</summary>
    private const int MaxItems = 2000;

    public static readonly string[] Fields = ["type"];

    public static (SyncCommand Command, Refusal? Refusal) Read(Frame frame)
    {
        var fields = new FieldReader(frame);
        if (fields.Text("type") is { } type && type != "text/pip-sync")
            fields.Refuse(new Refusal(415, "type-refused"));
        if (frame.Body is not { } body)
        {
            fields.Refuse(Refusal.BadRequest);
            return (new SyncCommand([]), fields.Refusal);
        }

        if (!LineBodyReader.TryReadAll(body.Span, MaxItems, out var lines, out var fault))
            fields.Refuse(new Refusal(fault.Code, fault.Reason, fault.Param));
        var items = new List<SyncItem>(lines.Count);
        foreach (var line in lines)
        {
            if (line.Second is not null || !long.TryParse(line.Parameters["ver"] ?? "0", out var version) || version < 0)
                fields.Refuse(Refusal.BadParameter("ver"));
            else
                items.Add(new SyncItem(line.First, version, AtOf(line)));
        }

        return (new SyncCommand(items), fields.Refusal);
    }

    private static Place? AtOf(LineItem line) =>
        line.Parameters["at"] is { } at && Place.TryParse(at, out var place, out _) ? place : null;
}

/// <summary>One subscription as a client holds it.</summary>
/// <param name="Id">The client's id for it.</param>
/// <param name="Version">The version it knows; 0 for none.</param>
/// <param name="At">Where it is, if the client says so.</param>
public sealed record SyncItem(string Id, long Version, Place? At);
