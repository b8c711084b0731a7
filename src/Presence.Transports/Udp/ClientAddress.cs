using System.Net;

namespace Presence.Transports.Udp;

/// <summary>
/// Where a client is, as far as it has proven. To an address that nobody has proven yet go at most three times the octets
/// that came from there, so that a forged sender gains nothing (docs/protocol/transports.md, "UDP").
/// </summary>
/// <param name="known">Address from which the key was fetched: proven by its TCP connection; null if unknown.</param>
internal sealed class ClientAddress(IPAddress? known)
{
    private const int Amplification = 3;

    private long _credit;

    /// <summary>Where the newest valid datagram came from; null before the first.</summary>
    public IPEndPoint? Current { get; private set; }

    /// <summary>True if the client was seen to receive there.</summary>
    public bool IsProven { get; private set; }

    /// <summary>A valid datagram came. True if it shows a new address, which is to be asked for a proof.</summary>
    /// <param name="from">Its sender.</param>
    /// <param name="octets">Its length.</param>
    /// <param name="isNewest">True if its number is the highest so far: an old one moves nothing.</param>
    public bool Heard(IPEndPoint from, int octets, bool isNewest)
    {
        var moves = isNewest && !from.Equals(Current);
        if (moves)
        {
            IsProven = Current is null && known is not null && Plain(known).Equals(Plain(from.Address));
            Current = from;
            _credit = 0;
        }

        if (from.Equals(Current) && !IsProven)
            _credit += (long)Amplification * octets;
        return moves && !IsProven;
    }

    public void Prove() => IsProven = true;

    /// <summary>True if this many octets may go to <see cref="Current"/>; they are then counted.</summary>
    public bool TrySpend(int octets)
    {
        if (Current is null)
            return false;
        if (IsProven)
            return true;
        if (_credit < octets)
            return false;
        _credit -= octets;
        return true;
    }

    // A socket for both families shows the older one mapped into the newer.
    private static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
