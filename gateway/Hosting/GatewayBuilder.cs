using Microsoft.Extensions.Options;
using Presence.Contracts;
using Presence.Federation;
using Presence.Federation.Links;
using Presence.Federation.Trust;
using Presence.Gateway.Admin;
using Presence.Gateway.Options;
using Presence.Grains;
using Presence.Grains.Groups;
using Presence.Grains.Peers;
using Presence.Hosting.Options.Reload;
using Presence.Locating.Dns;
using Presence.Model.Access;
using Presence.Model.Accounts;
using Presence.Sessions;
using Presence.Transports;
using Presence.Transports.Certificates;
using Presence.Transports.Grpc;
using Presence.Transports.Tls;
using Presence.Transports.Tokens;
using Presence.Transports.Udp;
using Presence.Transports.WebSockets;
using SessionOptions = Presence.Sessions.SessionOptions;

namespace Presence.Gateway.Hosting;

/// <summary>
/// The parts of the node, in the order of their start. They stop in reverse: Kestrel, sessions, routes, silo with its
/// storage.
/// </summary>
internal static class GatewayBuilder
{
    /// <summary>All of a shutdown: 10 s.</summary>
    public static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(10);

    /// <summary>
    /// An empty builder: what the process reads is what stands here, and not also the sections and variables by which
    /// ASP.NET Core would open more listeners.
    /// </summary>
    public static WebApplicationBuilder Create(string[] args)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(GatewayBuilder).Assembly.GetName().Name,
            ContentRootPath = Directory.GetCurrentDirectory(),
        });
        builder.AddReloadingConfiguration(args, OptionCatalogue.Set, ConfigurationCheck.Check);
        return builder;
    }

    public static WebApplicationBuilder AddNode(this WebApplicationBuilder builder, Settings settings, DataFolder data)
    {
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTime);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(PresenceClock.System);
        builder.Services.AddSingleton(settings.Domains);
        builder.Services.AddLiveOptions<SessionOptions>(SessionOptions.Section);
        builder.Services.AddLiveOptions<GrainOptions>(GrainOptions.Section);
        builder.Services.AddLiveOptions<AccessOptions>(AccessOptions.Section);
        builder.Services.AddSingleton(provider => new Feature("query-log", If<AccessOptions>(provider, access => access.MaxQueries > 0)));
        builder.Services.AddSingleton(provider => new Feature("store", If<GrainOptions>(provider, grains => grains.MaxStored > 0)));
        builder.Services.AddLiveOptions<GroupOptions>(GroupOptions.Section);
        builder.Services.AddSingleton(UnknownAccounts(settings, data));
        builder.Services.AddSingleton(PolicyOf);
        if (settings.Silo.Mode == SiloMode.Client)
            builder.AddPresenceClient(settings.Cluster);
        else
            builder.AddPresenceSilo(settings.Cluster, settings.Silo, data.Database);
        builder.Services.AddPresenceSessions();
        builder.Services.AddSingleton(
            provider => new Feature(Feature.Peer, If<AccessOptions>(provider, access => access.Profile != AccessProfile.Strict)));
        builder.Services.AddCertificates(settings, data);
        builder.Services.AddOptions<WebSocketSettings>().BindConfiguration(WebSocketSettings.Section);
        builder.Services.AddOptions<DatagramSettings>().BindConfiguration(DatagramSettings.Section);
        if (EndPoints.Parse(settings.Listeners.Udp) is { } udp)
            builder.Services.AddSealedDatagrams(udp);
        builder.Services.AddOptions<ClientCertificateSettings>().BindConfiguration(ClientCertificateSettings.Section);
        builder.Services.AddOptions<HandshakeSettings>().BindConfiguration(HandshakeSettings.Section);
        builder.Services.AddPresenceTransports();
        builder.Services.AddOptions<FederationOptions>().BindConfiguration(FederationOptions.Section);
        builder.Services.AddOptions<DnsOptions>().BindConfiguration(DnsOptions.Section);
        builder.Services.AddPresenceFederation();
        builder.Services.AddOptions<PeerLinkOptions>().BindConfiguration(PeerLinkOptions.Section);
        builder.Services.AddOptions<PeerDomainOptions>().BindConfiguration(PeerDomainOptions.Section);
        builder.Services.AddSingleton(provider => Claims(provider, data));
        builder.Services.AddPeerLinks();
        builder.Services.AddGrpcSessions();
        builder.Services.AddOptions<TokenSettings>().BindConfiguration(TokenSettings.Section);
        builder.Services.AddAdministration(settings.Accounts, data);
        return builder;
    }

    private static Func<bool> If<T>(IServiceProvider provider, Func<T, bool> isSo)
        where T : class
    {
        var options = provider.GetRequiredService<IOptions<T>>();
        return () => isSo(options.Value);
    }

    private static DomainNode PolicyOf(IServiceProvider provider)
    {
        var access = provider.GetRequiredService<IOptions<AccessOptions>>();
        var sessions = provider.GetRequiredService<IOptions<SessionOptions>>();
        var clock = provider.GetRequiredService<PresenceClock>();
        return new DomainNode(() => PolicyNode.Of(access.Value, sessions.Value), () => clock.Now);
    }

    private static ClaimKeys Claims(IServiceProvider provider, DataFolder data)
    {
        var shared = provider.GetRequiredService<IOptions<FederationOptions>>().Value.ClaimSecret;
        var secret = shared is { Length: > 0 } ? shared : SecretFile.LoadOrCreate(data.File("claim.key"));
        return new ClaimKeys(Convert.FromHexString(secret), provider.GetRequiredService<PresenceClock>().Time);
    }

    // Kept across restarts: a salt that changes would tell which accounts do not exist.
    private static UnknownAccountSalt UnknownAccounts(Settings settings, DataFolder data) => new(
        Convert.FromHexString(settings.Accounts.UnknownSalt is { Length: > 0 } shared
            ? shared
            : SecretFile.LoadOrCreate(data.File("unknown-salt.key"))),
        settings.Accounts.Iterations);
}
