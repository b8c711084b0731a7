using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Tests.Framing;

/// <summary>Frames of a printed exchange: <c>S:  [ 31] line</c>, body lines after a bar; lines end in CR LF.</summary>
internal static partial class Transcript
{
    /// <summary>The octets of each frame; checked against the printed count.</summary>
    public static IEnumerable<byte[]> Frames(string exchange)
    {
        var lines = exchange.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var head = Head().Match(lines[i]);
            if (!head.Success)
                continue;

            var body = string.Concat(lines[(i + 1)..].TakeWhile(IsBody).Select(line => BodyText(line) + "\r\n"));
            var count = int.Parse(head.Groups["count"].Value, CultureInfo.InvariantCulture);
            yield return Octets(head.Groups["line"].Value + "\r\n", body, count);
        }
    }

    // Where the body's last line end is part of the body, the frame's own follows.
    private static byte[] Octets(string line, string body, int count)
    {
        var octets = Wire.Utf8(line + body);
        if (octets.Length != count)
            octets = Wire.Utf8(line + body + "\r\n");

        Assert.Equal(count, octets.Length);
        return octets;
    }

    /// <summary>Writes a frame anew from its model, as a relay does.</summary>
    public static byte[] Rewrite(Frame frame)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new FrameWriter(output);
        switch (frame.Kind)
        {
            case FrameKind.Request:
                writer.Request(frame.Verb, frame.Number, frame.Target);
                break;
            case FrameKind.Response:
                writer.Response(frame.Code, frame.Number, frame.Reason);
                break;
            case FrameKind.Event or FrameKind.Acknowledgement:
                writer.Event(frame.Verb, frame.Number, frame.Target);
                break;
        }

        foreach (var parameter in frame.Parameters)
            writer.Param(parameter);

        if (frame.Body is { } body)
            writer.End(body.Span);
        else
            writer.End();

        return output.WrittenSpan.ToArray();
    }

    private static bool IsBody(string line) => line.TrimStart().StartsWith('|');

    private static string BodyText(string line)
    {
        var text = line.TrimStart()[1..];
        return text.StartsWith(' ') ? text[1..] : text;
    }

    [GeneratedRegex(@"^\S+\s+\[\s*(?<count>\d+)\] (?<line>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Head();
}
