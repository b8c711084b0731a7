using Presence.Gateway.Options;
using Presence.Transports.Certificates;

namespace Presence.Gateway.Hosting;

/// <summary>The certificates of this node: configured files that are watched, or one that it makes for itself.</summary>
internal static class Certificates
{
    /// <exception cref="StartRefusedException">A configured certificate cannot be used.</exception>
    public static IServiceCollection AddCertificates(
        this IServiceCollection services, Settings settings, DataFolder data)
    {
        var options = settings.Certificate;
        if (options.Folder is null && options.Path is null)
        {
            var own = new DevelopmentCertificate(data.FullPath, TimeProvider.System).LoadOrCreate(settings.Domains.All);
            return services.AddSingleton<ICertificateSource>(new HostedCertificateSource(own, settings.Domains.All));
        }

        var plan = new CertificatePlan(
            settings.Domains.All, options.Folder, options.Path, options.Key, options.Password);
        if (!plan.TryLoad(out var first, out var why))
            throw StartRefusedException.About(
                $"{CertificateOptions.Section}:{(options.Folder is null ? "Path" : "Folder")}", $"{plan}", why);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ReloadingCertificates>(provider, plan, first!));
        services.AddSingleton<ICertificateSource>(provider => provider.GetRequiredService<ReloadingCertificates>());
        return services.AddHostedService(provider => provider.GetRequiredService<ReloadingCertificates>());
    }
}
