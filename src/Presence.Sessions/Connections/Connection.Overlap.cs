using Presence.Protocol.Framing;

namespace Presence.Sessions.Connections;

/// <content>
/// Requests that are executed at the same time and answered in their order: a client that asks for a list of nodes one
/// after the other, without waiting, waits for the slowest and not for all (decision 0099).
/// </content>
internal sealed partial class Connection
{
    /// <summary>At most so many are under way: as many as a client may have outstanding by default.</summary>
    private const int AtOnce = 64;

    private Queue<(Started Request, Task<Reply> Reply)>? _underWay;

    /// <summary>False if something that is under way must end first.</summary>
    private bool MayStart(Frame request, string? lane)
    {
        if (_underWay is not { Count: > 0 } underWay)
            return true;
        if (lane is null)
            return false;
        foreach (var (started, _) in underWay)
        {
            if (started.Request.Verb != request.Verb || started.Lane == lane || started.Request.Number == request.Number)
                return false;
        }

        return true;
    }

    private async ValueTask GoOn(Started started, ValueTask<Reply> reply)
    {
        _underWay ??= new();
        _underWay.Enqueue((started, reply.AsTask()));
        if (_underWay.Count == AtOnce)
            await FirstEnds(_underWay);
    }

    /// <summary>Answers all that is under way. Nothing is read meanwhile.</summary>
    private async ValueTask UnderWayEnds()
    {
        while (_underWay is { Count: > 0 } underWay)
            await FirstEnds(underWay);
        _underWay = null;
    }

    private async Task FirstEnds(Queue<(Started Request, Task<Reply> Reply)> underWay)
    {
        var (started, reply) = underWay.Peek();
        var answer = await reply;
        underWay.Dequeue();
        await Conclude(started, answer);
    }

    /// <summary>A request that is executed.</summary>
    /// <param name="Request">As it came.</param>
    /// <param name="Lane">Null if it is executed alone.</param>
    /// <param name="Handler">Null for a verb that nobody knows.</param>
    /// <param name="Replies">Where its answer is kept.</param>
    /// <param name="Begun">When it was taken.</param>
    private readonly record struct Started(
        Frame Request, string? Lane, IVerbHandler? Handler, ReplyCache Replies, long Begun);
}
