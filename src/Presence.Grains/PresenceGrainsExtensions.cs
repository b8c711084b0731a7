using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Presence.Contracts;
using Presence.Contracts.Nearby;
using Presence.Grains.Accounts;
using Presence.Grains.Alarms;
using Presence.Grains.Domains;
using Presence.Grains.Fencing;
using Presence.Grains.Gateways;
using Presence.Grains.Groups;
using Presence.Grains.Metrics;
using Presence.Grains.Peers;
using Presence.Grains.Users;
using Presence.Model.Addresses;

namespace Presence.Grains;

/// <summary>What a silo needs to host the grains of this service.</summary>
public static class PresenceGrainsExtensions
{
    /// <summary>
    /// Registers what the grains ask for. The host adds the stream provider <c>RouteStreams.Provider</c>, its
    /// <c>PubSubStore</c>, and the grain storage <see cref="StorageName"/>.
    /// </summary>
    public static ISiloBuilder AddPresenceGrains(this ISiloBuilder silo)
    {
        silo.Services.AddOptions<GrainOptions>();
        silo.Services.AddOptions<AccessOptions>();
        silo.Services.AddOptions<GroupOptions>();
        silo.Services.AddOptions<PeerDomainOptions>();
        silo.Services.TryAddSingleton<IHostedDomains>(new EveryDomain());
        silo.Services.TryAddSingleton(PresenceClock.System);
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddSingleton<AlarmClock>();
        silo.Services.AddMetrics();
        silo.Services.TryAddSingleton<GrainMetrics>();
        silo.Services.TryAddSingleton<GatewayWatch>();
        silo.Services.TryAddSingleton<SiloLosses>();
        silo.Services.TryAddSingleton<DomainPolicies>();
        silo.Services.TryAddSingleton<NearGateway>();
        silo.Services.TryAddSingleton<UserDesks>();
        silo.Services.AddSingleton<IUserDesks>(provider => provider.GetRequiredService<UserDesks>());
        silo.Services.TryAddSingleton<NearAccounts>();
        silo.Services.AddSingleton<INearAccounts>(provider => provider.GetRequiredService<NearAccounts>());
        silo.Services.AddHostedService<DomainPolicyRefresh>();
        return silo;
    }

    /// <summary>
    /// For silos whose gateways are other processes: finds those that are lost. A silo alone in its process needs no such thing.
    /// </summary>
    public static ISiloBuilder AddGatewaySweep(this ISiloBuilder silo)
    {
        silo.Services.AddHostedService<GatewaySweep>();
        return silo;
    }

    /// <summary>
    /// For silos that others may declare dead: one that stood still asks whether it was before its grains do or tell anything, and
    /// a call that comes after its caller has given up is not executed.
    /// </summary>
    public static ISiloBuilder AddFence(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<SiloPulse>();
        silo.Services.AddHostedService(provider => provider.GetRequiredService<SiloPulse>());
        silo.AddOutgoingGrainCallFilter<CancelledCalls>();
        silo.AddOutgoingGrainCallFilter<OutgoingFence>();

        // In this order: while the silo asks, a caller may give up.
        silo.AddIncomingGrainCallFilter<IncomingFence>();
        silo.AddIncomingGrainCallFilter<LateCalls>();
        return silo;
    }

    /// <summary>The same of gateways that are clients of silos: calls from them and to them have deadlines.</summary>
    public static IClientBuilder AddDeadlines(this IClientBuilder client)
    {
        client.Services.TryAddSingleton(PresenceClock.System);
        client.AddOutgoingGrainCallFilter<CancelledCalls>();
        client.AddOutgoingGrainCallFilter<DeadlineStamp>();
        client.AddIncomingGrainCallFilter<LateCalls>();
        return client;
    }

    /// <summary>Name of the meter of all grains, for whoever exports it.</summary>
    public const string MeterName = "Presence.Grains";

    /// <summary>Name of the grain storage that holds what must last.</summary>
    public const string StorageName = "presence";

    /// <summary>Without federation there is nobody but us.</summary>
    private sealed class EveryDomain : IHostedDomains
    {
        public bool Contains(Domain domain) => true;
    }
}
