using System.Buffers;
using Presence.Client.Login;
using Presence.Protocol.Framing;

namespace Presence.Client.Requests;

/// <summary>A request as it goes on the wire, but for its tag.</summary>
/// <param name="Verb">Three to eight capitals.</param>
/// <param name="Target">In wire form; null for none.</param>
/// <param name="Parameters">In this order; those whose value is null are left out.</param>
/// <param name="Body">Null for none.</param>
internal sealed record RequestFrame(
    string Verb, string? Target, IReadOnlyList<(string Name, string? Value)> Parameters, ReadOnlyMemory<byte>? Body)
{
    private static readonly ServerAnswer LongLine = new(414, "line-too-long", default, null);
    private static readonly ServerAnswer LargeBody = new(413, "body-too-large", default, null);

    public void WriteTo(ref FrameWriter writer, long tag)
    {
        writer.Request(Verb, tag, Target);
        foreach (var (name, value) in Parameters)
        {
            if (value is not null)
                writer.Param(name, value);
        }

        if (Body is { } octets)
            writer.End(octets.Span);
        else
            writer.End();
    }

    /// <summary>
    /// The answer to what is longer than the server takes; null for what may be sent. Sending it would cost the connection
    /// (docs/protocol/framing.md).
    /// </summary>
    public ServerAnswer? TooLongFor(ServerOffer offer) =>
        Body?.Length > offer.MaxBody ? LargeBody
        : LineLength() > offer.MaxLine ? LongLine
        : null;

    /// <summary>Octets of the line under the longest tag.</summary>
    private int LineLength()
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new FrameWriter(octets);
        WriteTo(ref writer, 999_999_999_999_999_999);
        return octets.WrittenCount - (Body is { } sent ? sent.Length + 2 : 0);
    }
}
