using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;
using Grpc.Core;
using Presence.V1;
using Presence.V1.Typed;

namespace Presence.Transports.Grpc;

/// <summary>
/// What a Session stream tells at once: one <see cref="ServerFrame"/> after the other, in octets. To the library it is one message,
/// and the others stand behind it as gRPC over HTTP/2 has them (Length-Prefixed-Message): it writes to the stream once, where each
/// would cost a tenth of a notification (<c>bench fanout --grpc</c>). Used by one caller at a time.
/// </summary>
internal sealed class OutgoingFrames
{
    // Compressed-Flag, and the length in four octets.
    private const int Prefix = 5;

    // What was longer leaves no buffer behind.
    private const int GreatestSpare = 16 * 1024;

    private readonly EventEncoder _encoder = new();
    private ArrayBufferWriter<byte> _octets = new();
    private int _first;

    /// <summary>To the client each is a <see cref="ServerFrame"/>. They must not be compressed.</summary>
    public static Marshaller<OutgoingFrames> Marshaller { get; } = new(
        static (frames, output) => frames.Write(output),
        static _ => throw new NotSupportedException("Only a server tells them."));

    /// <summary>Octets that wait.</summary>
    public int Length => _octets.WrittenCount;

    public void Add(ServerFrame frame)
    {
        Begin(frame.CalculateSize());
        frame.WriteTo(_octets);
    }

    /// <summary>False for an event that is told by an object.</summary>
    /// <param name="frame">The octets of one frame.</param>
    public bool TryAddEvent(in ReadOnlySequence<byte> frame)
    {
        if (!_encoder.TryEncode(frame.IsSingleSegment ? frame.FirstSpan : frame.ToArray(), out var message))
            return false;
        Begin(message.Length);
        _octets.Write(message.Span);
        return true;
    }

    public void Clear()
    {
        if (_octets.Capacity > GreatestSpare)
            _octets = new ArrayBufferWriter<byte>();
        _octets.ResetWrittenCount();
    }

    private void Begin(int length)
    {
        if (_octets.WrittenCount == 0)
            _first = length;
        var prefix = _octets.GetSpan(Prefix);
        prefix[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(prefix[1..], length);
        _octets.Advance(Prefix);
    }

    // The library writes the prefix of the first.
    private void Write(SerializationContext output)
    {
        output.SetPayloadLength(_first);
        output.GetBufferWriter().Write(_octets.WrittenSpan[Prefix..]);
        output.Complete();
    }
}
