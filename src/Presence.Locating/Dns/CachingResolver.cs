using System.Net;
using System.Net.Sockets;
using Presence.Model.Locating;

namespace Presence.Locating.Dns;

/// <summary>Keeps answers and lets one question about a name be in flight (docs/protocol/federation.md, "Caching").</summary>
/// <param name="inner">Who is asked.</param>
/// <param name="time">The clock.</param>
/// <param name="share">A number from 0 to 1, anew at each call: how much of the random reduction is taken.</param>
public sealed class CachingResolver(IDnsResolver inner, TimeProvider time, Func<double> share) : IDnsResolver
{
    private readonly AnswerCache<SrvRecord> _services = new(time, share);
    private readonly AnswerCache<IPAddress> _addresses = new(time, share);

    /// <inheritdoc/>
    public Task<DnsAnswer<SrvRecord>> FindServices(string name, CancellationToken cancellationToken) =>
        _services.Find(name, whole => inner.FindServices(name, whole), IsNegative, cancellationToken);

    /// <inheritdoc/>
    public Task<DnsAnswer<IPAddress>> FindAddresses(
        string host, AddressFamily family, CancellationToken cancellationToken) =>
        _addresses.Find($"{host}/{family}", whole => inner.FindAddresses(host, family, whole), _ => false, cancellationToken);

    // "No such service" is as good as no record and may change as soon.
    private static bool IsNegative(DnsAnswer<SrvRecord> answer) => SrvOrder.IsRefused(answer.Records);
}
