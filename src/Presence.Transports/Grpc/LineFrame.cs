using System.Buffers;
using Presence.Protocol.Framing;

namespace Presence.Transports.Grpc;

/// <summary>A frame of a session: read, or, if it is an event, as the octets that it was written in.</summary>
/// <param name="Read">Null for an event.</param>
/// <param name="Octets">All of it, with its terminators.</param>
internal readonly record struct LineFrame(Frame? Read, ReadOnlySequence<byte> Octets)
{
    // VERB SP "#": a request has a number there, and a response begins with one.
    public static bool IsEvent(in ReadOnlySequence<byte> octets)
    {
        var reader = new SequenceReader<byte>(octets);
        return reader.TryAdvanceTo((byte)' ') && reader.IsNext((byte)'#') && !octets.FirstSpan.StartsWith("ACK"u8);
    }
}
