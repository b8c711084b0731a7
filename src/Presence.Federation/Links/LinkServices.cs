using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Presence.Federation.Accepting;
using Presence.Federation.Inbound;
using Presence.Sessions.Abroad;

namespace Presence.Federation.Links;

/// <summary>Links to other domains, and what crosses them.</summary>
public static class LinkServices
{
    /// <summary>Registers links. The host has added sessions, and finding and trusting of servers.</summary>
    public static IServiceCollection AddPeerLinks(this IServiceCollection services)
    {
        services.AddOptions<PeerLinkOptions>();
        services.Replace(ServiceDescriptor.Singleton<IPeerReach, PolicyReach>());
        services.AddSingleton<GuestVerbs>();
        services.AddSingleton<GroupCopies>();
        services.AddSingleton<PeerEventTaker>();
        services.AddSingleton<PeerConduct>();
        services.AddSingleton<PrincipalQuotas>();
        services.AddSingleton<AbuseReports>();
        services.AddSingleton<InboundFrames>();
        services.AddSingleton<ClaimCallback>();
        services.AddSingleton<LinkClaims>();
        services.AddSingleton<LinkHost>();
        services.AddHostedService(provider => provider.GetRequiredService<LinkHost>());
        services.AddSingleton<IPeerAcceptor, LinkAccepting>();
        return services
            .AddPeerVerb<SubscribeFromPeer>()
            .AddPeerVerb<UnsubscribeFromPeer>()
            .AddPeerVerb<SyncFromPeer>()
            .AddPeerVerb<SendFromPeer>()
            .AddPeerVerb<RosterFromPeer>()
            .AddPeerVerb<ReceiptFromPeer>()
            .AddPeerVerb<InviteFromPeer>()
            .AddPeerVerb<AnswerFromPeer>()
            .AddPeerVerb<CancelFromPeer>();
    }

    private static IServiceCollection AddPeerVerb<TVerb>(this IServiceCollection services)
        where TVerb : class, IPeerVerb => services.AddSingleton<IPeerVerb, TVerb>();
}
