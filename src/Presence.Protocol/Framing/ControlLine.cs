using System.Text;

namespace Presence.Protocol.Framing;

/// <summary>
/// Reads the tokens of a control line whose framing is decided and whose tail <c>{n}</c> is cut off.
/// <code>
/// request  = verb SP tag [ SP target ] *( SP param )
/// response = code SP tag SP reason *( SP param )
/// event    = verb SP seq [ SP target ] *( SP param )
/// ack      = %s"ACK" SP seq
/// </code>
/// Parameters on an acknowledgement are let through, since a minor version may add them (section 2.13).
/// </summary>
internal static class ControlLine
{
    /// <summary>Gives Frame, Malformed or Broken.</summary>
    public static ReadResult Read(ReadOnlySpan<byte> line, int maxParameters)
    {
        var fault = Read(line, maxParameters, out var frame);
        if (fault is null)
            return ReadResult.Of(frame!);

        var kind = SkipSpaces(line) is [>= (byte)'0' and <= (byte)'9', ..] ? FrameKind.Response : FrameKind.Request;
        return TryReadableTag(line, out var tag)
            ? ReadResult.Malformed(new(fault.Value.Code, tag, fault.Value.Reason, fault.Value.Param) { Kind = kind })
            : ReadResult.Broken(FrameFault.BadFrame);
    }

    private static TokenFault? Read(ReadOnlySpan<byte> line, int maxParameters, out Frame? frame)
    {
        frame = null;
        var cursor = new TokenCursor(line);
        if (!cursor.TryNext(out var first) || !cursor.TryNext(out var number))
            return TokenFault.BadRequest;

        if (TokenRules.TryCode(first, out var code))
            return ReadResponse(code, number, ref cursor, maxParameters, out frame);

        if (!TokenRules.IsVerb(first))
            return TokenFault.BadRequest;

        var verb = WireNames.Verb(first);
        var isEvent = number is [(byte)'#', ..];
        if (!TokenRules.TryPositive(isEvent ? number[1..] : number, out var value))
            return TokenFault.BadRequest;

        var kind = !isEvent ? FrameKind.Request : verb == "ACK" ? FrameKind.Acknowledgement : FrameKind.Event;
        return ReadRest(kind, verb, value, ref cursor, maxParameters, out frame);
    }

    private static TokenFault? ReadRest(
        FrameKind kind, string verb, long number, ref TokenCursor cursor, int maxParameters, out Frame? frame)
    {
        frame = null;
        string? target = null;
        if (cursor.TryNextPositional(out var token))
        {
            if (token.IsEmpty || kind == FrameKind.Acknowledgement || !Percent.IsWellFormed(token))
                return TokenFault.BadRequest;

            target = Encoding.UTF8.GetString(token);
        }

        if (ParameterParser.Read(ref cursor, maxParameters, out var parameters) is { } fault)
            return fault;

        frame = new Frame(kind, verb, 0, number) { Target = target, Parameters = parameters };
        return null;
    }

    private static TokenFault? ReadResponse(
        int code, ReadOnlySpan<byte> number, ref TokenCursor cursor, int maxParameters, out Frame? frame)
    {
        frame = null;
        if (!TokenRules.TryPositive(number, out var tag) && !number.SequenceEqual("0"u8))
            return TokenFault.BadRequest;

        if (!cursor.TryNext(out var reason) || !TokenRules.IsReason(reason))
            return TokenFault.BadRequest;

        if (ParameterParser.Read(ref cursor, maxParameters, out var parameters) is { } fault)
            return fault;

        frame = new Frame(FrameKind.Response, "", code, tag)
        {
            Reason = WireNames.Reason(reason),
            Parameters = parameters,
        };
        return null;
    }

    // "If the tag can be read" (F9): surplus spaces do not hide it. The line's end is certain and nothing of the line
    // is executed, so reading over them risks no more than naming the tag in the refusal. An event has no tag.
    private static bool TryReadableTag(ReadOnlySpan<byte> line, out long tag)
    {
        line = SkipSpaces(line);
        line = SkipSpaces(line[Until(line)..]);
        return TokenRules.TryPositive(line[..Until(line)], out tag);
    }

    private static ReadOnlySpan<byte> SkipSpaces(ReadOnlySpan<byte> line) => line.TrimStart((byte)' ');

    private static int Until(ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        return space < 0 ? line.Length : space;
    }
}
