using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Commands;

/// <summary><c>SUB tag place[/path] id= [expires= scope=user|session]</c></summary>
public sealed record SubscribeCommand(Place Place, string Id, TimeSpan? Expires, bool IsSessionBound)
{
    public static readonly string[] Fields = ["id", "expires", "scope"];

    public static (SubscribeCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var command = new SubscribeCommand(
            fields.Target(self),
            fields.RequiredToken("id"),
            fields.Seconds("expires"),
            fields.Choice("scope", "user", "session") == "session");
        return (command, fields.Refusal);
    }
}

/// <summary><c>UNSUB tag id</c></summary>
public sealed record UnsubscribeCommand(string Id)
{
    public static (UnsubscribeCommand Command, Refusal? Refusal) Read(Frame frame) =>
        (new UnsubscribeCommand(frame.Target ?? ""), frame.Target is null ? Refusal.BadRequest : null);
}

/// <summary><c>APPROVE tag place who= [rights=]</c></summary>
public sealed record ApproveCommand(Place Place, Address Who, Rights? Rights)
{
    public static readonly string[] Fields = ["who", "rights"];

    public static (ApproveCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        Rights? rights = null;
        if (fields.Text("rights") is { } list)
        {
            if (RightsWords.TryParse(list, out var named))
                rights = named;
            else
                fields.Refuse(Refusal.BadParameter("rights"));
        }

        return (new ApproveCommand(fields.Target(self), fields.Address("who"), rights), fields.Refusal);
    }
}

/// <summary><c>DENY tag place who= [mode=polite|explicit]</c></summary>
public sealed record DenyCommand(Place Place, Address Who, bool IsExplicit)
{
    public static readonly string[] Fields = ["who", "mode"];

    public static (DenyCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var command = new DenyCommand(
            fields.Target(self), fields.Address("who"), fields.Choice("mode", "polite", "explicit") == "explicit");
        return (command, fields.Refusal);
    }
}

/// <summary><c>WATCHERS tag place [what=sub]</c></summary>
public sealed record WatchersCommand(Place Place)
{
    public static readonly string[] Fields = ["what"];

    public static (WatchersCommand Command, Refusal? Refusal) Read(Frame frame, Address self)
    {
        var fields = new FieldReader(frame);
        var command = new WatchersCommand(fields.Target(self));
        if (!(fields.Text("what") ?? "sub").Split(',').Contains("sub"))
            fields.Refuse(Refusal.BadParameter("what"));
        return (command, fields.Refusal);
    }
}
