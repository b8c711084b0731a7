using System.Buffers;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Transport;

/// <summary>
/// What was settled before the first octet: each datagram of such a transport proves its sender, so its connection begins
/// where BIND ends, without greeting, HELLO and AUTH, and silence does not end it (docs/protocol/transports.md, "UDP").
/// </summary>
/// <param name="User">Whom the key was minted for.</param>
/// <param name="Domain">The domain of that session.</param>
/// <param name="Endpoint">Name of the endpoint to bind, or null to be given one.</param>
/// <param name="TakesOver">True to end the session that holds the endpoint now.</param>
/// <param name="WritesBelow">The only path of the user's own node that may be written, or null for no such limit.</param>
/// <param name="MaxEvent">Longest event in octets: a longer one is not taken, as if nobody were there.</param>
public sealed record Admission(
    Address User, Domain Domain, string? Endpoint, bool TakesOver, PropertyPath? WritesBelow, int MaxEvent)
{
    /// <summary>Events that may wait for an ACK: 32. Fewer than on a stream, for each is sent several times.</summary>
    public const int MaxEvents = 32;

    /// <summary>Octets that may wait in the outbox: 64 KiB.</summary>
    public const int MaxQueuedOctets = 64 * 1024;

    private readonly TaskCompletionSource<Reply> _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The answer to the binding: 200, or why the connection has ended already.</summary>
    public Task<Reply> Bound => _bound.Task;

    /// <summary>Said once, by whoever serves the connection.</summary>
    public void Settle(Reply reply) => _bound.TrySetResult(reply);

    /// <summary>Why the key does not permit this request, or null.</summary>
    internal Refusal? Refuse(Frame request) => request.Verb switch
    {
        "HELLO" or "STARTTLS" or "AUTH" or "BIND" or "RESUME" or "UDPKEY" => Refusal.NotAllowed,
        "PING" or "QUIT" or "GET" or "SUB" or "UNSUB" or "RECEIPT" => null,
        "SET" or "DEL" => MayWrite(request) ? null : Refusal.Forbidden,
        _ => WritesBelow is null ? null : Refusal.Forbidden,
    };

    /// <summary>The request that nobody sent: BIND as the key says it. There is nothing to resume, the key itself outlives.</summary>
    internal Frame BindRequest()
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new FrameWriter(octets);
        writer.Request("BIND", 1);
        if (Endpoint is { } endpoint)
            writer.Param("ep", endpoint);
        if (TakesOver)
            writer.Param("take", "yes");
        writer.Param("resume", "no");
        writer.End();
        var line = new ReadOnlySequence<byte>(octets.WrittenMemory);
        return new FrameReader(FrameLimits.Client).Read(ref line).Frame!;
    }

    private bool MayWrite(Frame request)
    {
        if (WritesBelow is not { } prefix)
            return true;
        return Place.TryParse(request.Target, out var place, out _)
            && place.Resolve(User).Address == User
            && place.Path.StartsWith(prefix);
    }
}
