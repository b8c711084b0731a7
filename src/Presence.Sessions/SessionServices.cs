using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Presence.Contracts;
using Presence.Contracts.Nearby;
using Presence.Sessions.Abroad;
using Presence.Sessions.Administration;
using Presence.Sessions.Authentication;
using Presence.Sessions.Connections;
using Presence.Sessions.Forwarding;
using Presence.Sessions.Gateways;
using Presence.Sessions.Handlers;
using Presence.Sessions.Metrics;
using Presence.Sessions.Transport;

namespace Presence.Sessions;

/// <summary>What a gateway needs to serve sessions; the contents page of this project.</summary>
public static class SessionServices
{
    /// <summary>
    /// Registers sessions and all verbs. The host adds <see cref="HostedDomains"/>, <see cref="SessionOptions"/>, the
    /// presence clock, <c>UnknownAccountSalt</c>, and a silo or a cluster client with the stream provider of routes;
    /// the latter must start first.
    /// </summary>
    public static IServiceCollection AddPresenceSessions(this IServiceCollection services)
    {
        services.AddOptions<SessionOptions>();
        services.AddMetrics();
        services.AddSingleton<SessionMetrics>();
        services.TryAddSingleton<IPeerReach, NoReach>();
        services.AddSingleton<ForeignDomains>();
        services.AddSingleton<ForeignMessages>();
        services.AddSingleton<WatchedNodes>();
        services.AddSingleton<IHostedDomains>(provider => provider.GetRequiredService<HostedDomains>());
        services.TryAddSingleton<NearGateway>();
        services.TryAddSingleton<IUserDesks, NoDesks>();
        services.TryAddSingleton<INearAccounts, AccountsElsewhere>();
        services.TryAddSingleton(provider => new Departures(provider.GetRequiredService<WatchedNodes>().Depart));
        services.AddSingleton<Arrivals>();
        services.AddSingleton<Gateway>();
        services.TryAddSingleton<Intake>();
        services.AddSingleton<Credentials>();
        services.AddSingleton<FailedLogins>();
        services.AddSingleton<VouchedLogins>();
        services.AddSingleton<ICallerAccounts, CallerAccounts>();
        services.AddSingleton<PassphraseChallenges>();
        services.AddSingleton<PassphraseGate>();
        services.AddSingleton(new Feature("pass"));
        services.TryAddSingleton(DomainNode.WithoutPolicy);
        services.AddSingleton<DomainNodes>();
        services.AddSingleton<Interests>();
        services.AddSingleton(new Feature("group"));
        services.AddSingleton<VerbTable>();
        services.AddSingleton<ForwardWalk>();
        services.AddSingleton<ISessionHost, SessionHost>();
        services.AddHostedService<RouteListener>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SiloContact>();
        services.AddHostedService<GatewayLease>();
        return services
            .AddVerb<HelloHandler>()
            .AddVerb<StartTlsHandler>()
            .AddVerb<AuthHandler>()
            .AddVerb<BindHandler>()
            .AddVerb<ResumeHandler>().AddFeature("resume")
            .AddVerb<SyncHandler>().AddFeature("sync")
            .AddVerb<PingHandler>()
            .AddVerb<QuitHandler>()
            .AddVerbAbroad<GetHandler>()
            .AddVerbAbroad<SetHandler>()
            .AddVerbAbroad<DeleteHandler>()
            .AddVerb<SubscribeHandler>()
            .AddVerb<UnsubscribeHandler>()
            .AddVerbAbroad<ApproveHandler>()
            .AddVerbAbroad<DenyHandler>()
            .AddVerbAbroad<WatchersHandler>()
            .AddVerbAbroad<GetAccessHandler>()
            .AddVerbAbroad<SetAccessHandler>()
            .AddVerbAbroad<BlockHandler>()
            .AddVerbAbroad<UnblockHandler>()
            .AddVerbAbroad<AllowHandler>()
            .AddVerbAbroad<UnallowHandler>()
            .AddVerbAbroad<ListsHandler>()
            .AddVerb<SendHandler>()
            .AddVerb<ReceiptHandler>()
            .AddVerb<InviteHandler>().AddFeature("invite")
            .AddVerb<AnswerHandler>()
            .AddVerb<CancelHandler>()
            .AddVerbAbroad<ReferHandler>()
            .AddVerbAbroad<FindHandler>()
            .AddVerbAbroad<LocateHandler>()
            .AddVerb<CreateHandler>()
            .AddVerbAbroad<DestroyHandler>()
            .AddVerbAbroad<JoinHandler>()
            .AddVerbAbroad<LeaveHandler>()
            .AddVerbAbroad<MembersHandler>();
    }

    /// <summary>Lets HELLO announce an optional feature; they stand in the order in which they were added.</summary>
    public static IServiceCollection AddFeature(this IServiceCollection services, string word) =>
        services.AddSingleton(new Feature(word));

    /// <summary>Adds UDPKEY. The host adds <see cref="IDatagramKeys"/>; without this call the verb is not there (501).</summary>
    public static IServiceCollection AddDatagramKeys(this IServiceCollection services) =>
        services.AddFeature("udp").AddVerb<UdpKeyHandler>();

    /// <summary>A verb that other domains are asked too.</summary>
    private static IServiceCollection AddVerbAbroad<THandler>(this IServiceCollection services)
        where THandler : class, IVerbHandler => services
        .AddSingleton<THandler>()
        .AddSingleton<IVerbHandler>(provider => new AbroadHandler(
            provider.GetRequiredService<THandler>(),
            provider.GetRequiredService<ForeignDomains>(),
            provider.GetRequiredService<IGrainFactory>()));

    private static IServiceCollection AddVerb<THandler>(this IServiceCollection services)
        where THandler : class, IVerbHandler => services.AddSingleton<IVerbHandler, THandler>();
}
