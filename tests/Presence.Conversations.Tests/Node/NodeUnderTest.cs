using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Presence.Contracts;
using Presence.Gateway.Hosting;
using Presence.Gateway.Options;
using Presence.Transports.Grpc;
using Presence.Transports.WebSockets;

namespace Presence.Conversations.Tests.Node;

/// <summary>
/// A whole embedded node in this process: real sockets, real silo, real store. Only the presence clock is the test's.
/// Started once for all stories.
/// </summary>
public class NodeUnderTest : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-stories-");
    private WebApplication? _app;
    private DataFolder? _data;
    private Listeners? _listeners;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 6, 10, 0, TimeSpan.Zero));

    public IGrainFactory Grains => _app!.Services.GetRequiredService<IGrainFactory>();

    internal CountedSessions Sessions => _app!.Services.GetRequiredService<CountedSessions>();

    /// <summary>The development certificate that the node has made for itself.</summary>
    public X509Certificate2 Certificate => X509CertificateLoader.LoadCertificateFromFile(_data!.File("dev-cert.pem"));

    public int PipPort => _listeners!.Pip!.IPEndPoint!.Port;

    public int HttpPort => _listeners!.Http!.IPEndPoint!.Port;

    public int GrpcPort => _listeners!.Grpc!.IPEndPoint!.Port;

    public int PipsPort => _listeners!.Pips!.IPEndPoint!.Port;

    /// <summary>Settings that make it a node of another kind.</summary>
    protected virtual IEnumerable<string> Settled => [];

    public async ValueTask InitializeAsync()
    {
        var builder = GatewayBuilder.Create(
        [
            "--Presence:Domains:0=localhost",
            "--Presence:Domains:1=other.example",
            "--Presence:Sessions:Anonymous=true",
            "--Presence:Access:Administrators:0=warden@localhost",
            "--Presence:Listeners:Pip=127.0.0.1:0",
            "--Presence:Listeners:Pips=127.0.0.1:0",
            "--Presence:Listeners:Http=127.0.0.1:0",
            "--Presence:Listeners:Grpc=127.0.0.1:0",
            // Stories try many wrong passwords while the clock stands still.
            "--Presence:Sessions:AuthDelay=00:00:00",
            "--Presence:Listeners:Udp=127.0.0.1:0",
            $"--Presence:Data={_folder.FullName}",
            .. Settled,
        ]);
        var settings = Settings.Read(builder.Configuration);
        _data = DataFolder.Open(settings.Node.Data);
        builder.AddNode(settings, _data);
        builder.Services.Replace(ServiceDescriptor.Singleton(new PresenceClock(Clock)));
        CountedSessions.Before(builder.Services);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        _listeners = Listeners.Add(builder, settings.Listeners);
        _app = builder.Build();
        _app.MapWebSockets();
        _app.MapGrpcSessions();
        await _app.StartAsync();
        await MakeFirstCall();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        _data?.Dispose();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The first call of a process takes seconds where much else goes on: the patience of a story is not for that.</summary>
    private async Task MakeFirstCall()
    {
        await using var stream = new GrpcStream(GrpcPort);
        Assert.NotEqual(0, await stream.ReadAsync(new byte[64]));
    }
}
