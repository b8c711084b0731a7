using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Presence.Federation.Trust;
using Presence.Transports.Certificates;
using Presence.Transports.Connections;
using Presence.Transports.Federation;
using Presence.Transports.Metrics;
using Presence.Transports.Tls;
using Presence.Transports.WebSockets;

namespace Presence.Transports;

public static class TransportServices
{
    private const int Backlog = 1024;

    /// <summary>
    /// Octets of a connection that are taken from the system and not looked at yet: more than the longest frame, and little enough for TCP to
    /// hold back soon who is not read because he sends too much.
    /// </summary>
    private const int MaxUnread = 128 * 1024;

    /// <summary>
    /// What the listeners need beside <see cref="Presence.Sessions.Transport.ISessionHost"/> and, for TLS,
    /// <see cref="Certificates.ICertificateSource"/>. Call it after all that must outlive the sessions (silo, routes),
    /// for hosted services stop in reverse order.
    /// </summary>
    public static IServiceCollection AddPresenceTransports(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<TransportMetrics>();
        services.AddSingleton<HandshakeLimit>();
        services.AddOptions<HandshakeSettings>();
        services.AddSingleton<SessionDrain>();
        services.AddOptions<WebSocketSettings>();
        services.AddSingleton<IOwnCertificates, ServedIdentities>();
        services.AddOptions<ClientCertificateSettings>();
        services.AddSingleton<ClientCertificates>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionDrain>());
        services.Configure<SocketTransportOptions>(options =>
        {
            options.Backlog = Backlog;
            options.MaxReadBufferSize = MaxUnread;
        });
        return services;
    }
}
