using System.Security.Cryptography;
using Presence.Client.Connections;
using Presence.Locating;
using Presence.Locating.Dns;
using Presence.Model.Addresses;

namespace Presence.Client.Locating;

/// <summary>
/// Finds servers by SRV (<c>_pips-client._tcp</c>). Only where the DNS says that there are no such records is the domain
/// itself taken, port 7750; where the DNS gives no answer nothing is guessed.
/// </summary>
/// <param name="resolver">The resolver; null for one that asks the servers of the system and keeps their answers.</param>
public sealed class DnsServerLocator(IDnsResolver? resolver = null) : IServerLocator
{
    private readonly ServerLocator _locator = new(resolver ?? OfTheSystem());

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ServerTarget>> Locate(Domain domain, CancellationToken cancellation)
    {
        // No DNS knows it; the certificate check is what protects.
        if (domain.Value == "localhost")
            return [new ServerTarget(domain.Value, PipService.Client.DefaultPort)];

        var located = await _locator.Locate(domain, PipService.Client, cancellation);
        return located.Outcome switch
        {
            LocateOutcome.Found => [.. located.Servers.Select(server => new ServerTarget(server.Host, server.Port))],
            LocateOutcome.NoService => throw new PipConnectionException(502, "no-service", $"{located.Why}."),
            _ => throw new PipConnectionException(
                0, "cannot-locate", $"The DNS gives no answer for {PipService.Client.NameAt(domain)}: {located.Why}"),
        };
    }

    private static CachingResolver OfTheSystem() => new(
        new DnsResolver(new DnsOptions(), TimeProvider.System), TimeProvider.System,
        () => RandomNumberGenerator.GetInt32(1001) / 1000.0);
}
