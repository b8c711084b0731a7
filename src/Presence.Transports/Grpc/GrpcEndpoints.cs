using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Model;
using Presence.Sessions.Administration;
using Presence.Transports.Grpc.Admin;
using Presence.Sessions.Transport;
using Presence.Transports.Grpc.Hosting;
using Presence.Transports.Tokens;
using SessionOptions = Presence.Sessions.SessionOptions;

namespace Presence.Transports.Grpc;

public static class GrpcEndpoints
{
    // What a message costs beside line and body.
    private const int Envelope = 4 * 1024;

    /// <summary>
    /// The gRPC services, besides what <see cref="TransportServices.AddPresenceTransports"/>, the sessions and their
    /// administration register. A
    /// message may be as long as a line and a body together.
    /// </summary>
    public static IServiceCollection AddGrpcSessions(this IServiceCollection services)
    {
        services.AddGrpc().AddServiceOptions<AdminCalls>(admin => admin.Interceptors.Add<AdminGate>());
        services.Replace(ServiceDescriptor.Singleton(typeof(IServiceMethodProvider<>), typeof(CheckedMethods<>)));
        services.AddOptions<GrpcServiceOptions>().Configure<IOptions<SessionOptions>>((grpc, sessions) =>
        {
            grpc.MaxReceiveMessageSize = LongestMessage(sessions.Value);
            grpc.EnableDetailedErrors = false;
            grpc.CompressionProviders = [new BoundedGzip(LongestMessage(sessions.Value))];
        });
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks().AddCheck<ServingCheck>("serving");
        services.Configure<HealthCheckPublisherOptions>(publisher => publisher.Delay = TimeSpan.Zero);
        services.AddOptions<TokenSettings>();
        services.AddSingleton<TokenKeys>();
        services.AddSingleton<IBearerTokens, TokenCheck>();
        services.AddSingleton<Callers>();
        services.AddSingleton<UserLines>();
        services.AddSingleton<ReceivingStreams>();
        return services;
    }

    /// <summary>Serves <c>presence.v1</c>, <c>grpc.health.v1</c> and reflection (docs/grpc.md).</summary>
    public static void MapGrpcSessions(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        // The size of a message is limited by its own prefix, with a status; the limit of the HTTP body would cut the call.
        app.UseGrpcCallCheck();
        app.MapGrpcService<PresenceCalls>().WithMetadata(new DisableRequestSizeLimitAttribute());
        app.MapGrpcService<AdminCalls>().WithMetadata(new DisableRequestSizeLimitAttribute());
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
    }

    private static int LongestMessage(SessionOptions sessions) => sessions.MaxLine + sessions.MaxBody + Envelope;

    /// <summary>Serving from the end of the start to the beginning of a drain or the stop.</summary>
    private sealed class ServingCheck(IHostApplicationLifetime lifetime, Intake intake) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested || intake.IsClosed
                ? HealthCheckResult.Unhealthy("stopping")
                : HealthCheckResult.Healthy());
    }
}
