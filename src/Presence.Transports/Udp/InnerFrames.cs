using System.Buffers;
using Presence.Protocol.Framing;
using Presence.Protocol.Sealing;

namespace Presence.Transports.Udp;

/// <summary>The frames inside datagrams.</summary>
internal static class InnerFrames
{
    /// <summary>What a datagram has for its inner frame: 1 200 octets without the envelope at its longest.</summary>
    public const int MaxOctets = SealedDatagram.MaxOctets - Envelope;

    /// <summary>
    /// Octets of the longest event as the session writes it, which leaves room for a greater number and for <c>prev=</c>.
    /// </summary>
    public const int MaxEvent = MaxOctets - (2 * MaxNumber) - 6;

    // "SEAL #" n " " uid " {" 4 digits "}" CR LF … CR LF, and the authentication tag; names have 9 characters here.
    private const int Envelope = 6 + MaxNumber + 1 + 9 + 2 + 4 + 1 + 2 + 2 + SealKey.TagLength;
    private const int MaxNumber = 18;

    private static readonly FrameLimits Limits = new(SealedDatagram.MaxOctets, SealedDatagram.MaxOctets, 64);

    /// <summary>False unless the octets are exactly one good frame.</summary>
    public static bool TryRead(byte[] octets, out Frame frame)
    {
        var rest = new ReadOnlySequence<byte>(octets);
        var result = new FrameReader(Limits).Read(ref rest);
        frame = result.Frame!;
        return result.Status == ReadStatus.Frame && rest.IsEmpty;
    }

    /// <summary>An event with the number that precedes it, which is told only where it is not the one before.</summary>
    public static byte[] Event(Frame frame, long previous)
    {
        var octets = new ArrayBufferWriter<byte>(256);
        var writer = new FrameWriter(octets);
        writer.Event(frame.Verb, frame.Number, frame.Target);
        if (previous != frame.Number - 1)
            writer.Param("prev", previous);
        Copy(ref writer, frame, without: "prev");
        return octets.WrittenSpan.ToArray();
    }

    /// <summary>
    /// A response. Over UDP an answer is repeated because it was lost, which is nothing to be told, so it is the same octets
    /// again. One that does not fit is 413 in its place.
    /// </summary>
    public static byte[] Response(Frame frame)
    {
        var octets = new ArrayBufferWriter<byte>(256);
        var writer = new FrameWriter(octets);
        writer.Response(frame.Code, frame.Number, frame.Reason);
        Copy(ref writer, frame, without: "dup");
        if (octets.WrittenCount <= MaxOctets)
            return octets.WrittenSpan.ToArray();

        octets.ResetWrittenCount();
        writer.Response(413, frame.Number, "body-too-large");
        writer.Param("text", "use TCP");
        writer.End();
        return octets.WrittenSpan.ToArray();
    }

    public static byte[] Ping(long tag)
    {
        var octets = new ArrayBufferWriter<byte>(16);
        var writer = new FrameWriter(octets);
        writer.Request("PING", tag);
        writer.End();
        return octets.WrittenSpan.ToArray();
    }

    private static void Copy(ref FrameWriter writer, Frame frame, string without)
    {
        foreach (ref readonly var parameter in frame.Parameters)
        {
            if (parameter.Name != without)
                writer.Param(parameter);
        }

        if (frame.Body is { } body)
            writer.End(body.Span);
        else
            writer.End();
    }
}
