using System.Security.Cryptography;
using Presence.Contracts;
using Presence.Contracts.Peers;

namespace Presence.Grains.Peers;

internal sealed class PeerGatewaysGrain(PresenceClock clock) : Grain, IPeerGatewaysGrain
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, (IPeerGateway Reference, DateTimeOffset Until)> _gateways =
        new(StringComparer.Ordinal);

    public Task Renew(string gateway, IPeerGateway reference)
    {
        _gateways[gateway] = (reference, clock.Now + Lease);
        return Task.CompletedTask;
    }

    public Task Leave(string gateway)
    {
        _gateways.Remove(gateway);
        return Task.CompletedTask;
    }

    public Task<PeerGateway?> Pick(string? except)
    {
        var alive = _gateways.Where(gateway => gateway.Value.Until > clock.Now).ToList();
        var others = alive.Where(gateway => gateway.Key != except).ToList();
        var choice = others.Count > 0 ? others : alive;
        if (choice.Count == 0)
            return Task.FromResult<PeerGateway?>(null);
        var (name, (reference, _)) = choice[RandomNumberGenerator.GetInt32(choice.Count)];
        return Task.FromResult<PeerGateway?>(new PeerGateway(name, reference));
    }
}
