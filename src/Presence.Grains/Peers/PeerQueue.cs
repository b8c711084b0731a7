using Presence.Contracts.Peers;
using Presence.Contracts.Routes;

namespace Presence.Grains.Peers;

/// <summary>What is under way to one domain, in the order in which it came. Bounded by number and by octets.</summary>
internal sealed class PeerQueue(int maxRequests, int maxOctets)
{
    private readonly SortedDictionary<long, WaitingRequest> _waiting = [];
    private long _last;
    private long _octets;

    public IEnumerable<WaitingRequest> All => _waiting.Values;

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>When the time of the first one is over, or null.</summary>
    public DateTimeOffset? NextExpiry => IsEmpty ? null : _waiting.Values.Min(waiting => waiting.Ends);

    /// <summary>Null if it is too much.</summary>
    public WaitingRequest? TryAdd(PeerRequest request)
    {
        if (_waiting.Count >= maxRequests || _octets + request.Octets > maxOctets)
            return null;
        var waiting = new WaitingRequest(++_last, request);
        _waiting.Add(waiting.Number, waiting);
        _octets += request.Octets;
        return waiting;
    }

    /// <summary>Takes it out; null if it is not there any more.</summary>
    public WaitingRequest? Remove(long number)
    {
        if (!_waiting.Remove(number, out var waiting))
            return null;
        _octets -= waiting.Request.Octets;
        return waiting;
    }

    public IReadOnlyList<WaitingRequest> Expired(DateTimeOffset now) =>
        [.. _waiting.Values.Where(waiting => waiting.Ends <= now)];
}

/// <summary>A request and whoever waits for its answer.</summary>
internal sealed class WaitingRequest(long number, PeerRequest request)
{
    public long Number { get; } = number;

    public PeerRequest Request { get; } = request;

    public TaskCompletionSource<SavedReply> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When its fate is told for want of an answer.</summary>
    public DateTimeOffset Ends { get; private set; } = request.Expires;

    /// <summary>Gives a message, once, time for an answer that is on its way; false if it has had that.</summary>
    public bool MayBeAnswered(TimeSpan grace)
    {
        if (Request.Owed is null || Ends > Request.Expires)
            return false;
        Ends += grace;
        return true;
    }

    /// <summary>True once nobody waits any more: what becomes of it is told as it is owed.</summary>
    public bool IsLeft { get; set; }
}
