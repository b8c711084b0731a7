using System.Buffers;
using Presence.Client.Connections;
using Presence.Protocol.Framing;

namespace Presence.Client;

/// <summary>Requests of every kind.</summary>
public sealed partial class PresenceSession
{
    private static readonly ServerAnswer LongLine = new(414, "line-too-long", default, null);
    private static readonly ServerAnswer LargeBody = new(413, "body-too-large", default, null);

    /// <summary>
    /// Sends any request and awaits its final response. What is longer than the server takes is not sent, since that
    /// would cost the connection (docs/protocol/framing.md): the answer is then a 413 or 414 of this side's own.
    /// </summary>
    /// <param name="verb">Three to eight capitals.</param>
    /// <param name="target">In wire form; null for none.</param>
    /// <param name="parameters">In this order; those whose value is null are left out.</param>
    /// <param name="body">Null for none.</param>
    /// <returns>Also refusals, see <see cref="ServerAnswer.Require"/>.</returns>
    /// <exception cref="PipConnectionException">The connection ended.</exception>
    /// <exception cref="TimeoutException">No answer in time: the outcome is unknown.</exception>
    public async Task<ServerAnswer> Ask(
        string verb,
        string? target,
        IReadOnlyList<(string Name, string? Value)>? parameters = null,
        ReadOnlyMemory<byte>? body = null,
        CancellationToken cancellation = default)
    {
        RequestBuilder build = (ref writer, tag) => Write(ref writer, tag, verb, target, parameters ?? [], body);
        if (body?.Length > Offer.MaxBody)
            return LargeBody;
        if (LineLength(build, body) > Offer.MaxLine)
            return LongLine;
        return ServerAnswer.Of(await _connection.Request(build, cancellation));
    }

    private static void Write(ref FrameWriter writer, long tag, string verb, string? target,
        IReadOnlyList<(string Name, string? Value)> parameters, ReadOnlyMemory<byte>? body)
    {
        writer.Request(verb, tag, target);
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
                writer.Param(name, value);
        }

        if (body is { } octets)
            writer.End(octets.Span);
        else
            writer.End();
    }

    /// <summary>Octets of the line under the longest tag.</summary>
    private static int LineLength(RequestBuilder build, ReadOnlyMemory<byte>? body)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new FrameWriter(octets);
        build(ref writer, 999_999_999_999_999_999);
        return octets.WrittenCount - (body is { } sent ? sent.Length + 2 : 0);
    }
}
