using System.Buffers;
using System.Text;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Tests.Framing;

/// <summary>Short ways to feed a reader and to compare what it found.</summary>
internal static class Wire
{
    /// <summary>One octet a character, so that a test can name any octet as \xNN.</summary>
    public static byte[] Raw(string octets) => Encoding.Latin1.GetBytes(octets);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The first result of one read of these octets (one a character).</summary>
    public static ReadResult First(string octets) => First(Raw(octets));

    public static ReadResult First(byte[] octets) => First(octets, FrameLimits.Client);

    public static ReadResult First(byte[] octets, FrameLimits limits)
    {
        var input = new ReadOnlySequence<byte>(octets);
        return new FrameReader(limits).Read(ref input);
    }

    public static Frame Frame(string text)
    {
        var result = First(Utf8(text));
        Assert.Equal(ReadStatus.Frame, result.Status);
        return result.Frame!;
    }

    public static void Breaks(string octets, int code = 400, string reason = "bad-frame")
    {
        var result = First(octets);
        Assert.Equal((ReadStatus.Broken, new FrameFault(code, 0, reason)), (result.Status, result.Fault));
    }

    public static void IsRefused(string octets, FrameFault fault)
    {
        var result = First(octets + "\r\n");
        Assert.Equal((ReadStatus.Malformed, fault), (result.Status, result.Fault));
    }

    /// <summary>Everything a new reader finds when the stream arrives in reads that end at these octets.</summary>
    public static List<string> Everything(byte[] stream, FrameLimits limits, params IEnumerable<int> readEnds)
    {
        var reader = new FrameReader(limits);
        var found = new List<string>();
        var consumed = 0;
        foreach (var end in readEnds)
        {
            var input = new ReadOnlySequence<byte>(stream, consumed, end - consumed);
            Drain(reader, ref input, found);
            consumed = end - (int)input.Length;
        }

        return found;
    }

    /// <summary>Everything a new reader finds when the stream is one sequence of segments of this size.</summary>
    public static List<string> EverythingInSegments(byte[] stream, FrameLimits limits, int size)
    {
        var found = new List<string>();
        var input = Segment.Split(stream, size);
        Drain(new FrameReader(limits), ref input, found);
        return found;
    }

    public static string Describe(Frame frame)
    {
        var text = new StringBuilder($"{frame.Kind} {frame.Verb}{frame.Code} {frame.Number} ");
        text.Append($"{frame.Target} {frame.Reason}");
        foreach (var parameter in frame.Parameters)
            text.Append($" {parameter}");

        return text.Append(frame.Body is { } body ? $" {{{Convert.ToHexString(body.Span)}}}" : " no body").ToString();
    }

    private static void Drain(FrameReader reader, ref ReadOnlySequence<byte> input, List<string> found)
    {
        while (true)
        {
            var result = reader.Read(ref input);
            if (result.Status == ReadStatus.Incomplete)
                return;

            var text = result.Frame is { } frame ? Describe(frame) : $"{result.Status} {result.Fault}";
            if (result.Status != ReadStatus.Broken)
            {
                found.Add(text);
                continue;
            }

            if (found is not [.., var last] || last != text)
                found.Add(text);

            return;
        }
    }
}
