namespace Presence.Protocol.Framing;

public enum ReadStatus
{
    /// <summary>More octets are needed; nothing was taken.</summary>
    Incomplete,

    /// <summary>An empty line was taken: a sign of life, otherwise ignored (F1).</summary>
    EmptyLine,

    /// <summary>One frame was taken.</summary>
    Frame,

    /// <summary>One frame, body included, was taken and refused. Answer the fault and go on.</summary>
    Malformed,

    /// <summary>Framing is lost. Answer the fault, whose tag is 0, close, and read nothing more (F7).</summary>
    Broken,
}

/// <summary>What one call of <see cref="FrameReader.Read"/> found.</summary>
/// <param name="Status">Which of the other two members is meaningful.</param>
/// <param name="Frame">Not null for <see cref="ReadStatus.Frame"/> only.</param>
/// <param name="Fault">Meaningful for <see cref="ReadStatus.Malformed"/> and <see cref="ReadStatus.Broken"/>.</param>
public readonly record struct ReadResult(ReadStatus Status, Frame? Frame, FrameFault Fault)
{
    internal static ReadResult Of(ReadStatus status) => new(status, null, default);

    internal static ReadResult Of(Frame frame) => new(ReadStatus.Frame, frame, default);

    internal static ReadResult Malformed(FrameFault fault) => new(ReadStatus.Malformed, null, fault);

    internal static ReadResult Broken(FrameFault fault) => new(ReadStatus.Broken, null, fault);
}

/// <summary>The answer that a bad frame deserves, ready for <see cref="FrameWriter.Response"/>.</summary>
/// <param name="Code">400, 413, 414 or 431.</param>
/// <param name="Tag">Tag of the refused request; 0 if the connection has to be closed.</param>
/// <param name="Reason">Reason word.</param>
/// <param name="Param">Name of the parameter at fault, if one is.</param>
public readonly record struct FrameFault(int Code, long Tag, string Reason, string? Param = null)
{
    /// <summary>
    /// <see cref="FrameKind.Response"/> if the bad line was meant as a response: then there is nothing to answer, but
    /// the request with this tag has failed.
    /// </summary>
    public FrameKind Kind { get; init; }

    internal static FrameFault BadFrame { get; } = new(400, 0, "bad-frame");

    internal static FrameFault BodyTooLarge { get; } = new(413, 0, "body-too-large");

    internal static FrameFault LineTooLong { get; } = new(414, 0, "line-too-long");
}
