using System.Buffers;
using Presence.Protocol.Framing;

namespace Presence.Transports.Connections;

/// <summary>Finds the frames in what a session writes.</summary>
internal sealed class FrameCutter
{
    // What our own side writes is within the limits of the other; these only keep the reader from having an opinion.
    private static readonly FrameLimits Any = new(int.MaxValue, int.MaxValue - 1, int.MaxValue);

    private readonly FrameReader _reader = new(Any);

    /// <param name="rest">Its first frame is taken off.</param>
    /// <param name="frame">What the frame says.</param>
    /// <param name="octets">The frame as it was written.</param>
    /// <exception cref="InvalidOperationException">A session wrote what is no frame, which is a bug.</exception>
    public bool TryCut(ref ReadOnlySequence<byte> rest, out Frame? frame, out ReadOnlySequence<byte> octets)
    {
        var before = rest;
        var result = _reader.Read(ref rest);
        frame = result.Frame;
        octets = before.Slice(0, rest.Start);
        return result.Status switch
        {
            ReadStatus.Incomplete => false,
            ReadStatus.Frame => true,
            _ => throw new InvalidOperationException($"A session wrote what is no frame: {result.Status}."),
        };
    }
}
