using System.Buffers;

namespace Presence.Protocol.Framing;

/// <summary>
/// Cuts a stream of octets into frames (docs/protocol, section 2.2, F1 to F9). One reader serves one connection and
/// one thread at a time. What it finds does not depend on how the octets were split into reads. It buffers nothing:
/// the caller keeps the unread rest, at most MaxLine + MaxBody + 2 octets of one frame.
/// </summary>
/// <param name="limits">Limits to start with, normally <see cref="FrameLimits.BeforeHello"/>.</param>
public sealed class FrameReader(FrameLimits limits)
{
    private LineScanner _scanner;

    // Between the line and the last octet of its body: what the line said, its octets, and those of its body.
    private ReadResult _line;
    private int _lineLength;
    private long _bodyLength = SizeTail.None;

    private ReadResult? _broken;

    /// <summary>May be changed between two calls of Read; a body already announced keeps the limit it met.</summary>
    public FrameLimits Limits { get; set; } = limits;

    /// <summary>Takes one frame or empty line off the front of <paramref name="input"/>.</summary>
    /// <param name="input">
    /// The unread octets. After Incomplete the next call must bring the same octets and more. Untouched after
    /// Incomplete and Broken.
    /// </param>
    /// <returns>Every fault of the peer as a value; after Broken each later call returns the same.</returns>
    public ReadResult Read(ref ReadOnlySequence<byte> input)
    {
        if (_broken is { } broken)
            return broken;

        if (_bodyLength != SizeTail.None)
            return ReadBody(ref input);

        switch (_scanner.Find(input, Limits.MaxLine, out var content, out var total))
        {
            case LineScan.Incomplete:
                return ReadResult.Of(ReadStatus.Incomplete);
            case LineScan.BadFrame:
                return Break(FrameFault.BadFrame);
            case LineScan.TooLong:
                return Break(FrameFault.LineTooLong);
        }

        if (content == 0)
        {
            input = input.Slice(total);
            return ReadResult.Of(ReadStatus.EmptyLine);
        }

        _lineLength = total;
        return ReadLine(ref input, content);
    }

    /// <summary>
    /// True if the end of the stream would tear a frame: octets are left that Read found incomplete. False after
    /// Broken, when nothing counts any more.
    /// </summary>
    /// <param name="rest">The octets that the last Read left.</param>
    public bool IsInsideFrame(in ReadOnlySequence<byte> rest) => _broken is null && !rest.IsEmpty;

    private ReadResult ReadLine(ref ReadOnlySequence<byte> input, int content)
    {
        var first = input.FirstSpan;
        if (first.Length >= content)
            return ReadLine(ref input, first[..content]);

        var joined = ArrayPool<byte>.Shared.Rent(content);
        try
        {
            input.Slice(0, content).CopyTo(joined);
            return ReadLine(ref input, joined.AsSpan(0, content));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(joined);
        }
    }

    private ReadResult ReadLine(ref ReadOnlySequence<byte> input, ReadOnlySpan<byte> line)
    {
        if (!SizeTail.TryRead(line, out var control, out var size))
            return Break(FrameFault.BadFrame);

        if (size > Limits.MaxBody)
            return Break(FrameFault.BodyTooLarge);

        var result = ControlLine.Read(line[..control], Limits.MaxParameters);
        if (result.Status == ReadStatus.Broken)
            return Break(result.Fault);

        if (size == SizeTail.None)
        {
            input = input.Slice(_lineLength);
            return result;
        }

        _line = result;
        _bodyLength = size;
        return ReadBody(ref input);
    }

    private ReadResult ReadBody(ref ReadOnlySequence<byte> input)
    {
        var end = _lineLength + _bodyLength;
        if (input.Length <= end)
            return ReadResult.Of(ReadStatus.Incomplete);

        var terminator = LineScanner.OctetAt(input, end);
        if (terminator == (byte)'\r')
        {
            if (input.Length == ++end)
                return ReadResult.Of(ReadStatus.Incomplete);

            terminator = LineScanner.OctetAt(input, end);
        }

        if (terminator != (byte)'\n')
            return Break(FrameFault.BadFrame);

        var result = _line;
        if (result.Frame is { } frame)
            frame.Body = input.Slice(_lineLength, _bodyLength).ToArray();

        input = input.Slice(end + 1);
        _line = default;
        _bodyLength = SizeTail.None;
        return result;
    }

    private ReadResult Break(FrameFault fault)
    {
        _line = default;
        _broken = ReadResult.Broken(fault);
        return _broken.Value;
    }
}
