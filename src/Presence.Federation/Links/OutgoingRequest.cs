using Presence.Contracts.Peers;

namespace Presence.Federation.Links;

/// <summary>One of our requests.</summary>
/// <param name="tag">Its tag on the link.</param>
/// <param name="pair">The domains that it goes between.</param>
/// <param name="number">Its number at the grain of that pair, in which later ones are higher.</param>
/// <param name="request">What is asked.</param>
internal sealed class OutgoingRequest(long tag, DomainPair pair, long number, PeerRequest request)
{
    public long Tag { get; } = tag;

    public DomainPair Pair { get; } = pair;

    public long Number { get; } = number;

    public PeerRequest Request { get; } = request;

    public bool IsSent { get; set; }

    /// <summary>True if one with a higher tag may have gone before it.</summary>
    public bool HasWaited { get; set; }
}
