using System.Runtime.CompilerServices;
using Presence.Locating;
using Presence.Locating.Dns;
using Presence.Model.Addresses;
using Presence.Model.Locating;

namespace Presence.Cli.Checking;

/// <summary>Looks at a domain as another server or a client would, and goes on where those would give up.</summary>
internal sealed class DomainCheck(IDnsResolver resolver, ServerCheck servers)
{
    private const string Records = "SRV";

    public async IAsyncEnumerable<Finding> Check(
        Domain domain, PipService service, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var name = service.NameAt(domain);
        var answer = await resolver.FindServices(name, cancellation);
        foreach (var finding in OfRecords(answer, name, domain, service))
            yield return finding;
        var located = await new ServerLocator(resolver).Locate(domain, service, cancellation);
        foreach (var server in located.Servers.Distinct())
        {
            await foreach (var finding in servers.Check(domain, server, service, cancellation))
                yield return finding;
        }
    }

    private static IEnumerable<Finding> OfRecords(
        DnsAnswer<SrvRecord> answer, string name, Domain domain, PipService service)
    {
        switch (answer.Outcome)
        {
            case DnsOutcome.Failed:
                yield return Finding.Bad(Records, answer.Why, "Look at the name servers of the domain; others will retry.");
                break;
            case DnsOutcome.Missing:
                yield return Finding.Warn(Records, $"{name} has no record",
                    $"Publish: {name}. 3600 IN SRV 10 0 {service.DefaultPort} <host>. Until then {domain}:{service.DefaultPort} is tried.");
                break;
            default:
                foreach (var record in answer.Records.OrderBy(record => record.Priority))
                    yield return OfRecord(record, answer);
                break;
        }
    }

    private static Finding OfRecord(SrvRecord record, DnsAnswer<SrvRecord> answer)
    {
        var text = $"{record.Priority} {record.Weight} {record.Port} {(record.IsNoService ? "." : record.Target)}"
            + $", kept {answer.TimeToLive.TotalSeconds} s";
        if (record.IsNoService)
            return SrvOrder.IsRefused(answer.Records)
                ? Finding.Bad(Records, text, "The record says that there is no such service. Replace it if there is one.")
                : Finding.Warn(Records, text, "A target . beside others is passed over. Remove it.");
        return record.Port > 0 && Domain.TryParse(record.Target, out _, out _)
            ? Finding.Good(Records, text)
            : Finding.Bad(Records, text, "That is no host and port. Correct the record.");
    }
}
