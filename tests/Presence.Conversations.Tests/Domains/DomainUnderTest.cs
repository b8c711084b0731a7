using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Presence.Contracts;
using Presence.Gateway.Hosting;
using Presence.Gateway.Options;

namespace Presence.Conversations.Tests.Domains;

/// <summary>A whole embedded node that is the home of one domain and knows where one other domain is.</summary>
internal sealed class DomainUnderTest : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-domain-");
    private readonly WebApplication _app;
    private readonly DataFolder _data;
    private readonly Listeners _listeners;

    private DomainUnderTest(DomainWish wish)
    {
        Name = wish.Name;
        var certificate = Path.Combine(_folder.FullName, "domain.pfx");
        File.WriteAllBytes(certificate, wish.Certificate.Export(X509ContentType.Pfx));
        var builder = GatewayBuilder.Create(
        [
            $"--Presence:Domains:0={wish.Name}",
            "--Presence:Listeners:Pip=127.0.0.1:0",
            "--Presence:Listeners:Pips=off",
            "--Presence:Listeners:Http=127.0.0.1:0",
            "--Presence:Listeners:Grpc=off",
            "--Presence:Listeners:Udp=off",
            "--Presence:Listeners:Peers=127.0.0.1:0",
            $"--Presence:Federation:Trust={wish.Trust}",
            $"--Presence:Federation:Authorities={wish.Authorities}",
            $"--Presence:Federation:Peers:{wish.Other}:Address=127.0.0.1:{wish.OtherPort}",
            $"--Presence:Certificate:Path={certificate}",
            "--Presence:Sessions:AuthDelay=00:00:00",
            $"--Presence:Data={_folder.FullName}",
            .. wish.Settings,
        ]);
        builder.Configuration.AddInMemoryCollection();
        var settings = Settings.Read(builder.Configuration);
        _data = DataFolder.Open(settings.Node.Data);
        builder.AddNode(settings, _data);
        builder.Services.Replace(ServiceDescriptor.Singleton(new PresenceClock(wish.Clock)));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        wish.Configure?.Invoke(builder.Services);
        _listeners = Listeners.Add(builder, settings.Listeners);
        _app = builder.Build();
    }

    public string Name { get; }

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _app.Services;

    /// <summary>Changes a setting while the node runs, as an operator does who edits its file.</summary>
    public void Configure(string key, string value)
    {
        var configuration = (IConfigurationRoot)_app.Configuration;
        configuration[key] = value;
        configuration.Reload();
    }

    /// <summary>Where other domains reach it.</summary>
    public int PeerPort => _listeners.Peers!.IPEndPoint!.Port;

    public int PipPort => _listeners.Pip!.IPEndPoint!.Port;

    public static async Task<DomainUnderTest> Start(DomainWish wish)
    {
        var domain = new DomainUnderTest(wish);
        await domain._app.StartAsync();
        return domain;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _data.Dispose();
        _folder.Delete(recursive: true);
    }
}

/// <summary>What a domain's node is to be.</summary>
internal sealed record DomainWish(
    string Name, string Other, int OtherPort, X509Certificate2 Certificate, string Authorities,
    TimeProvider Clock)
{
    public Action<IServiceCollection>? Configure { get; init; }

    /// <summary>Whom it speaks with.</summary>
    public string Trust { get; init; } = "Listed";

    public IReadOnlyList<string> Settings { get; init; } = [];
}
