using System.Security.Cryptography;
using DnsClient;
using Presence.Client.Connections;
using Presence.Model.Addresses;
using Presence.Model.Locating;

namespace Presence.Client.Locating;

/// <summary>
/// Finds servers by SRV (<c>_pips-client._tcp</c>). Only where the DNS says that there are no such records is the domain
/// itself taken, port 7750; where the DNS gives no answer nothing is guessed.
/// </summary>
/// <param name="resolver">The resolver; null for that of the system.</param>
public sealed class DnsServerLocator(IDnsQuery? resolver = null) : IServerLocator
{
    private const int DefaultPort = 7750;

    private readonly IDnsQuery _resolver = resolver ?? new LookupClient();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ServerTarget>> Locate(Domain domain, CancellationToken cancellation)
    {
        // No DNS knows these; the certificate check is what protects.
        if (domain.IsIpLiteral || domain.Value == "localhost")
            return [new ServerTarget(domain.Value.Trim('[', ']'), DefaultPort)];

        var name = $"_pips-client._tcp.{domain.Value}";
        var answer = await Ask(name, cancellation);
        if (answer.HasError && answer.Header.ResponseCode != DnsHeaderResponseCode.NotExistentDomain)
            throw Temporary(name, answer.ErrorMessage);

        // CNAMEs were followed by the resolver that was asked.
        var records = answer.Answers.OfType<DnsClient.Protocol.SrvRecord>().Select(Read).ToList();
        if (records.Count == 0)
            return [new ServerTarget(domain.Value, DefaultPort)];

        if (SrvOrder.IsRefused(records))
            throw new PipConnectionException(502, "no-service", $"{domain} says that it has no such service.");

        return
        [
            .. SrvOrder.Of(records, most => RandomNumberGenerator.GetInt32(most + 1))
                .Select(record => new ServerTarget(record.Target, record.Port)),
        ];
    }

    private async Task<IDnsQueryResponse> Ask(string name, CancellationToken cancellation)
    {
        try
        {
            return await _resolver.QueryAsync(name, QueryType.SRV, QueryClass.IN, cancellation);
        }
        catch (DnsResponseException exception)
        {
            throw Temporary(name, exception.Message, exception);
        }
    }

    private static Model.Locating.SrvRecord Read(DnsClient.Protocol.SrvRecord record) =>
        new(record.Priority, record.Weight, record.Port, record.Target.Value.TrimEnd('.'));

    private static PipConnectionException Temporary(string name, string why, Exception? inner = null) =>
        new(0, "cannot-locate", $"The DNS gives no answer for {name}: {why}", inner);
}
