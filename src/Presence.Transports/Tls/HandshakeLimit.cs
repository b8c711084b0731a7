using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Presence.Transports.Tls;

/// <summary>
/// Handshakes cost the server more than the client (docs/protocol/threats.md, T28): a token bucket for each address. An
/// IPv6 address counts with all of its /64, which is what one subscriber of a network may have. Buckets that are full again
/// are forgotten.
/// </summary>
public sealed class HandshakeLimit : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<IPAddress> _limiter;

    public HandshakeLimit(IOptions<HandshakeSettings> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = settings.Value.HandshakeBurst,
            TokensPerPeriod = settings.Value.HandshakesPerSecond,
            ReplenishmentPeriod = Second,
            QueueLimit = 0,
        };
        _limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
            address => RateLimitPartition.GetTokenBucketLimiter(NetworkOf(address), _ => bucket));
    }

    /// <summary>False if the address has had its share.</summary>
    public bool TryTake(EndPoint? remote)
    {
        if (remote is not IPEndPoint end)
            return true;
        using var lease = _limiter.AttemptAcquire(end.Address);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();

    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return address;
        var octets = address.GetAddressBytes();
        octets.AsSpan(8).Clear();
        return new IPAddress(octets);
    }
}
