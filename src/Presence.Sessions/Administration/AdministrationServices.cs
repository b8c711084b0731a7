using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Presence.Sessions.Gateways;
using Presence.Sessions.Transport;

namespace Presence.Sessions.Administration;

/// <summary>Administration as a port: HTTP, gRPC and whatever comes are doors to it.</summary>
public static class AdministrationServices
{
    /// <summary>The host adds what <see cref="SessionServices.AddPresenceSessions"/> and this need.</summary>
    /// <param name="services">Gets the services.</param>
    /// <param name="token">What opens the doors.</param>
    /// <param name="accounts">How accounts are made.</param>
    public static IServiceCollection AddPresenceAdministration(
        this IServiceCollection services, AdminToken token, AccountOptions accounts)
    {
        services.TryAddSingleton<Intake>();
        services.AddSingleton(token);
        services.AddSingleton(accounts);
        services.AddSingleton<VerifierDerivation>();
        services.AddSingleton<IUserAccounts, GrainUserAccounts>();
        services.AddSingleton<UserAdministration>();
        services.AddSingleton<UserData>();
        services.AddSingleton<Explanations>();
        return services.AddSingleton(provider => new GatewayAdministration(
            provider.GetRequiredService<Gateway>(), provider.GetRequiredService<ISessionHost>(),
            provider.GetRequiredService<Intake>(),
            provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<HostedDomains>(),
            provider.GetServices<IPeerReports>()));
    }
}
