using System.Security.Cryptography;
using Presence.Locating.Dns;
using Presence.Model.Addresses;
using Presence.Model.Locating;

namespace Presence.Locating;

/// <summary>Finds the servers of a domain (docs/protocol/federation.md, "Locating servers").</summary>
/// <param name="resolver">Keeps its answers; the order by weight is drawn anew each time.</param>
public sealed class ServerLocator(IDnsResolver resolver)
{
    /// <summary>The servers, in the order to try them.</summary>
    public async Task<Located> Locate(Domain domain, PipService service, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(service);
        if (domain.IsIpLiteral)
            return Located.At([new HostAndPort(domain.Value.Trim('[', ']'), service.DefaultPort)]);
        var answer = await resolver.FindServices(service.NameAt(domain), cancellationToken);
        return answer.Outcome switch
        {
            // The only case in which the addresses of the domain itself are taken.
            DnsOutcome.Missing => Located.At([new HostAndPort(domain.Value, service.DefaultPort)]),
            DnsOutcome.Found => InOrder(answer.Records, domain),
            _ => Located.Not(LocateOutcome.Temporary, answer.Why),
        };
    }

    private static Located InOrder(IReadOnlyList<SrvRecord> records, Domain domain)
    {
        var servers = SrvOrder.Of(records.Where(IsUsable), most => RandomNumberGenerator.GetInt32(most + 1))
            .Select(record => new HostAndPort(record.Target, record.Port)).ToArray();
        return servers.Length > 0
            ? Located.At(servers)
            : Located.Not(LocateOutcome.NoService, $"{domain} says that it offers no such service");
    }

    // A target is a host name; of what else stands there nobody can be meant.
    private static bool IsUsable(SrvRecord record) =>
        record.Port > 0 && (record.IsNoService || Domain.TryParse(record.Target, out var host, out _) && !host.IsIpLiteral);
}
