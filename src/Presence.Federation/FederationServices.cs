using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Presence.Federation.Dialing;
using Presence.Federation.Peers;
using Presence.Federation.Trust;
using Presence.Locating;
using Presence.Locating.Dns;

namespace Presence.Federation;

/// <summary>What a gateway needs to speak with other domains; the contents page of this project.</summary>
public static class FederationServices
{
    /// <summary>
    /// Registers finding and trusting of servers. The host adds <see cref="IOwnCertificates"/>,
    /// <see cref="Accepting.IPeerAcceptor"/> and <c>HostedDomains</c>, and binds <see cref="FederationOptions"/> and
    /// <see cref="DnsOptions"/>.
    /// </summary>
    public static IServiceCollection AddPresenceFederation(this IServiceCollection services)
    {
        services.AddOptions<FederationOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<PeerPolicies>();
        services.AddSingleton<IPeerIdentity, PeerIdentity>();
        services.AddOptions<DnsOptions>();
        services.TryAddSingleton<IDnsResolver>(Resolver);
        services.AddSingleton<ServerLocator>();
        services.AddSingleton<TargetHealth>();
        services.AddSingleton<AddressBook>();
        services.AddSingleton<AddressRace>();
        services.AddSingleton<TlsConnector>();
        return services.AddSingleton<IPeerDialer, PeerDialer>();
    }

    private static CachingResolver Resolver(IServiceProvider provider)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        var asking = new DnsResolver(provider.GetRequiredService<IOptions<DnsOptions>>().Value, time);
        return new CachingResolver(asking, time, () => RandomNumberGenerator.GetInt32(1001) / 1000.0);
    }
}
