namespace Presence.Protocol.Framing;

/// <summary>The shapes of docs/protocol, section 2.3.</summary>
public enum FrameKind
{
    /// <summary>Verb and tag.</summary>
    Request,

    /// <summary>Three-digit code, tag of the request (or 0) and reason word.</summary>
    Response,

    /// <summary>Verb, <c>#</c> and sequence number.</summary>
    Event,

    /// <summary><c>ACK #n</c>. Never acknowledged itself.</summary>
    Acknowledgement,
}

/// <summary>
/// One parsed frame. It owns all it holds, so the buffer it was read from may be reused at once. Verbs are not
/// checked against the known ones: the dispatcher answers 501.
/// </summary>
public sealed class Frame
{
    internal Frame(FrameKind kind, string verb, int code, long number)
    {
        Kind = kind;
        Verb = verb;
        Code = code;
        Number = number;
    }

    public FrameKind Kind { get; }

    /// <summary>Three to eight capitals; empty for a response.</summary>
    public string Verb { get; }

    /// <summary>100 to 599 for a response, else 0.</summary>
    public int Code { get; }

    /// <summary>Tag of a request or response, sequence number of an event or acknowledgement. At most 18 digits;
    /// 0 only in responses that answer no request.</summary>
    public long Number { get; }

    /// <summary>
    /// The positional argument in wire form, still percent-encoded because addresses define their own escapes. It is
    /// not empty, its escapes are well-formed and decode to UTF-8 without U+0000.
    /// </summary>
    public string? Target { get; internal init; }

    /// <summary>Reason word of a response; empty for the other kinds.</summary>
    public string Reason { get; internal init; } = "";

    public Parameters Parameters { get; internal init; }

    /// <summary>Null without a body; empty for <c>{0}</c>.</summary>
    public ReadOnlyMemory<byte>? Body { get; internal set; }
}
