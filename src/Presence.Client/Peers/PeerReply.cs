using Presence.Protocol.Framing;

namespace Presence.Client.Peers;

/// <summary>What one side of a direct connection answers to a request of the other.</summary>
internal sealed record PeerReply(int Code, string Reason)
{
    /// <summary>
    /// This side does not decide or serve that: the home server does. Says nothing about the owner's lists.
    /// </summary>
    public static readonly PeerReply AskHome = new(502, "no-service");

    public static readonly PeerReply Accepted = new(202, "accepted");

    public static readonly PeerReply BadRequest = new(400, "bad-request");

    public static readonly PeerReply NotImplemented = new(501, "not-implemented");

    public IReadOnlyList<(string Name, string? Value)> Parameters { get; init; } = [];

    public ReadOnlyMemory<byte>? Body { get; init; }

    public void Write(ref FrameWriter writer, long tag)
    {
        writer.Response(Code, tag, Reason);
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
}
