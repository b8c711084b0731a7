using System.Net;
using System.Net.Sockets;
using Presence.Locating.Dns;
using Presence.Model.Locating;

namespace Presence.Locating.Tests.Fakes;

/// <summary>A DNS in memory that the test changes, and that counts how often it is asked.</summary>
internal sealed class ZoneResolver : IDnsResolver
{
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private int _asked;

    public Dictionary<string, DnsAnswer<SrvRecord>> Services { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, DnsAnswer<IPAddress>> Addresses { get; } = new(StringComparer.Ordinal);

    /// <summary>Set to hold all answers back.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public int Asked => Volatile.Read(ref _asked);

    public static DnsAnswer<SrvRecord> Records(TimeSpan timeToLive, params SrvRecord[] records) =>
        DnsAnswer.Found(records, timeToLive);

    public async Task<DnsAnswer<SrvRecord>> FindServices(string name, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        if (Gate is { } gate)
            await gate.Task;
        return Services.GetValueOrDefault(name) ?? DnsAnswer.Missing<SrvRecord>(Minute);
    }

    public Task<DnsAnswer<IPAddress>> FindAddresses(
        string host, AddressFamily family, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        var six = family == AddressFamily.InterNetworkV6;
        return Task.FromResult(
            Addresses.GetValueOrDefault($"{host}/{(six ? 6 : 4)}") ?? DnsAnswer.Missing<IPAddress>(Minute));
    }
}
