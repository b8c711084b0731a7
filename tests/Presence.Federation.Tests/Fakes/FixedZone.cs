using System.Net;
using System.Net.Sockets;
using Presence.Locating.Dns;
using Presence.Model.Locating;

namespace Presence.Federation.Tests.Fakes;

/// <summary>A DNS in which every host is this machine.</summary>
internal sealed class FixedZone : IDnsResolver
{
    public Dictionary<string, SrvRecord[]> Services { get; } = new(StringComparer.Ordinal);

    public List<string> AskedHosts { get; } = [];

    public Task<DnsAnswer<SrvRecord>> FindServices(string name, CancellationToken cancellationToken) =>
        Task.FromResult(Services.TryGetValue(name, out var records)
            ? DnsAnswer.Found(records, TimeSpan.FromMinutes(1))
            : DnsAnswer.Missing<SrvRecord>(TimeSpan.FromMinutes(1)));

    public Task<DnsAnswer<IPAddress>> FindAddresses(
        string host, AddressFamily family, CancellationToken cancellationToken)
    {
        if (family == AddressFamily.InterNetwork)
            AskedHosts.Add(host);
        return Task.FromResult(family == AddressFamily.InterNetwork
            ? DnsAnswer.Found([IPAddress.Loopback], TimeSpan.FromMinutes(1))
            : DnsAnswer.Missing<IPAddress>(TimeSpan.FromMinutes(1)));
    }
}
