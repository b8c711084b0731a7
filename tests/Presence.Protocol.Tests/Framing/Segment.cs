using System.Buffers;

namespace Presence.Protocol.Tests.Framing;

/// <summary>Sequences of many segments, with an empty one between each two.</summary>
internal sealed class Segment : ReadOnlySequenceSegment<byte>
{
    private Segment(ReadOnlyMemory<byte> memory, long runningIndex)
    {
        Memory = memory;
        RunningIndex = runningIndex;
    }

    public static ReadOnlySequence<byte> Split(byte[] octets, int size)
    {
        var first = new Segment(default, 0);
        var last = first;
        for (var at = 0; at < octets.Length; at += size)
        {
            last = last.Append(octets.AsMemory(at, Math.Min(size, octets.Length - at)));
            last = last.Append(default);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private Segment Append(ReadOnlyMemory<byte> memory)
    {
        var next = new Segment(memory, RunningIndex + Memory.Length);
        Next = next;
        return next;
    }
}
