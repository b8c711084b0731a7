using System.Globalization;
using Presence.Model.Replies;
using Presence.Protocol.Framing;

namespace Presence.Sessions.Connections;

/// <summary>
/// The one final answer to a request, as a value: it can be kept for a repeated tag. What must come after it on the
/// wire is given to <see cref="Then"/>.
/// </summary>
public sealed class Reply(int code, string reason)
{
    private readonly List<KeyValuePair<string, string>> _fields = [];

    public int Code { get; } = code;

    public string Reason { get; } = reason;

    /// <summary>
    /// True for 421, which speaks of the connection and not of a request: it always carries the tag 0.
    /// </summary>
    public bool IsAboutConnection => Code == 421;

    public ReadOnlyMemory<byte>? Body { get; private set; }

    /// <summary>Runs once the reply is in the outbox, so that events it causes come behind it.</summary>
    public Action? After { get; private set; }

    /// <summary>True if the connection ends with this reply.</summary>
    public bool IsLast { get; private init; }

    public static Reply Ok => new(200, "ok");

    /// <summary>The same reply, after which the connection is closed.</summary>
    public static Reply Last(int code, string reason) => new(code, reason) { IsLast = true };

    public static Reply From(Refusal refusal)
    {
        var reply = new Reply(refusal.Code, refusal.Reason);
        if (refusal.Parameter is { } parameter)
            reply.With("param", parameter);
        return refusal.Version is { } version ? reply.With("ver", version) : reply;
    }

    public Reply With(string name, string? value)
    {
        if (value is not null)
            _fields.Add(KeyValuePair.Create(name, value));
        return this;
    }

    public Reply With(string name, long value) => With(name, value.ToString(CultureInfo.InvariantCulture));

    public Reply With(string name, DateTimeOffset value) => With(name, WireTime.ToText(value));

    public Reply WithBody(string type, ReadOnlyMemory<byte> body)
    {
        Body = body;
        return With("type", type);
    }

    public Reply Then(Action after)
    {
        After = after;
        return this;
    }

    /// <summary>Writes it as the response to <paramref name="tag"/>; <paramref name="isRepeat"/> adds <c>dup=yes</c>.</summary>
    public void Write(ref FrameWriter writer, long tag, bool isRepeat = false)
    {
        writer.Response(Code, tag, Reason);
        foreach (var (name, value) in _fields)
            writer.Param(name, value);
        if (isRepeat)
            writer.Param("dup", "yes");
        if (Body is { } body)
            writer.End(body.Span);
        else
            writer.End();
    }
}
