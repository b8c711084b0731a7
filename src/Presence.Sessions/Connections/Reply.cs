using System.Globalization;
using Presence.Contracts.Routes;
using Presence.Model.Replies;
using Presence.Protocol.Framing;

namespace Presence.Sessions.Connections;

/// <summary>
/// The one final answer to a request, as a value: it can be kept for a repeated tag. What must come after it on the
/// wire is given to <see cref="Then"/>.
/// </summary>
public sealed class Reply(int code, string reason)
{
    /// <summary>What every message that is taken is answered: one object for all of them, which nothing may be added to.</summary>
    internal static readonly Reply Accepted = new(202, "accepted") { _isShared = true };

    // Most have so many at most, and are kept for a repeat with no room to spare (bench storm).
    private const int Few = 3;

    [ThreadStatic]
    private static (long Value, string Text) _lastNumber;

    private KeyValuePair<string, string>[] _fields = [];
    private int _count;
    private Action? _after;
    private bool _isShared;

    public int Code { get; } = code;

    public string Reason { get; } = reason;

    /// <summary>
    /// True for 421, which speaks of the connection and not of a request: it always carries the tag 0.
    /// </summary>
    public bool IsAboutConnection => Code == 421;

    public ReadOnlyMemory<byte>? Body { get; private set; }

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
        Require();
        if (value is null)
            return this;
        if (_count == _fields.Length)
            Array.Resize(ref _fields, Math.Max(Few, 2 * _count));
        _fields[_count++] = KeyValuePair.Create(name, value);
        return this;
    }

    /// <remarks>One string for many: the same time to live is told to all who subscribe.</remarks>
    public Reply With(string name, long value)
    {
        if (_lastNumber.Text is null || _lastNumber.Value != value)
            _lastNumber = (value, value.ToString(CultureInfo.InvariantCulture));
        return With(name, _lastNumber.Text);
    }

    public Reply With(string name, DateTimeOffset value) => With(name, WireTime.ToText(value));

    public Reply WithBody(string type, ReadOnlyMemory<byte> body)
    {
        Body = body;
        return With("type", type);
    }

    /// <summary>Is run when the reply is on its way, so that events that it causes come behind it.</summary>
    public Reply Then(Action after)
    {
        Require();
        _after = after;
        return this;
    }

    /// <summary>Runs what was given to <see cref="Then"/>, once: a reply kept for a repeat only answers.</summary>
    public void RunAfter()
    {
        if (_after is not { } after)
            return;
        _after = null;
        after();
    }

    internal SavedReply Save(long tag) => new(
        tag, Code, Reason, [.. _fields.Take(_count).Select(field => new SavedParameter(field.Key, field.Value))], Body?.ToArray());

    internal static Reply Restore(SavedReply saved)
    {
        var reply = new Reply(saved.Code, saved.Reason);
        foreach (var field in saved.Parameters)
            reply.With(field.Name, field.Value);
        if (saved.Body is { } body)
            reply.Body = body;
        return reply;
    }

    /// <summary>Writes it as the response to <paramref name="tag"/>; <paramref name="isRepeat"/> adds <c>dup=yes</c>.</summary>
    public void Write(ref FrameWriter writer, long tag, bool isRepeat = false)
    {
        writer.Response(Code, tag, Reason);
        foreach (var (name, value) in _fields.AsSpan(0, _count))
            writer.Param(name, value);

        if (isRepeat)
            writer.Param("dup", "yes");
        if (Body is { } body)
            writer.End(body.Span);
        else
            writer.End();
    }

    private void Require()
    {
        if (_isShared)
            throw new InvalidOperationException("This reply is shared by all who are given it.");
    }
}
