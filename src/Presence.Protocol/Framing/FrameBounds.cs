using System.Buffers;

namespace Presence.Protocol.Framing;

/// <summary>
/// Finds where frames end without reading what they say: for carriers that need them whole, of what a side writes that is
/// trusted to write frames. One for each stream of octets, used by one thread at a time.
/// </summary>
public sealed class FrameBounds
{
    private LineScanner _scanner;

    /// <param name="rest">
    /// The unread octets; the first frame is taken off. After false the next call must bring the same octets and more.
    /// </param>
    /// <param name="frame">The first frame with its terminators.</param>
    /// <returns>False if no frame is whole.</returns>
    /// <exception cref="InvalidOperationException">These octets are no frame.</exception>
    public bool TryCut(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> frame)
    {
        frame = default;
        switch (_scanner.Find(rest, int.MaxValue, out var content, out var total))
        {
            case LineScan.Incomplete:
                return false;
            case LineScan.Found when TryLength(rest.Slice(0, content), out var body):
                if (body != SizeTail.None && !TryEndBody(rest, total + body, out body))
                    return false;
                var length = body == SizeTail.None ? total : body;
                frame = rest.Slice(0, length);
                rest = rest.Slice(length);
                return true;
            default:
                throw new InvalidOperationException("What should be a frame is none.");
        }
    }

    private static bool TryLength(in ReadOnlySequence<byte> line, out long body) =>
        SizeTail.TryRead(line.IsSingleSegment ? line.FirstSpan : line.ToArray(), out _, out body);

    /// <param name="rest">Begins with the line.</param>
    /// <param name="end">Where the octets of the body end.</param>
    /// <param name="length">The same behind the line end that follows them.</param>
    private static bool TryEndBody(in ReadOnlySequence<byte> rest, long end, out long length)
    {
        length = end + 1;
        if (rest.Length <= end)
            return false;
        if (LineScanner.OctetAt(rest, end) == (byte)'\r')
            length++;
        return rest.Length >= length;
    }
}
