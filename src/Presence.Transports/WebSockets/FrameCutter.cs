using System.Buffers;
using Presence.Protocol.Framing;

namespace Presence.Transports.WebSockets;

/// <summary>Finds where the frames end in what a session writes.</summary>
internal sealed class FrameCutter
{
    // What our own side writes is within the limits of the other; these only keep the reader from having an opinion.
    private static readonly FrameLimits Any = new(int.MaxValue, int.MaxValue - 1, int.MaxValue);

    private readonly FrameReader _reader = new(Any);

    /// <exception cref="InvalidOperationException">A session wrote what is no frame, which is a bug.</exception>
    public bool TryCut(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> frame)
    {
        var before = rest;
        var status = _reader.Read(ref rest).Status;
        frame = before.Slice(0, rest.Start);
        return status switch
        {
            ReadStatus.Incomplete => false,
            ReadStatus.Frame => true,
            _ => throw new InvalidOperationException($"A session wrote what is no frame: {status}."),
        };
    }
}
