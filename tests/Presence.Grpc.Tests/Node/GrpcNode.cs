using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Presence.Contracts;
using Presence.Conversations.Tests.Node;
using Presence.Gateway.Admin;
using Presence.Gateway.Hosting;
using Presence.Gateway.Options;
using Presence.Model.Accounts;
using Presence.Model.Addresses;
using Presence.Transports.Grpc;

namespace Presence.Grpc.Tests.Node;

/// <summary>A whole embedded node with a gRPC listener on a real socket. Only the presence clock is the test's.</summary>
public sealed class GrpcNode : IAsyncLifetime
{
    public const string Password = "wonderland";
    public const string PinnedUser = "pinned";

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("presence-grpc-");
    private readonly List<GrpcChannel> _channels = [];
    private WebApplication? _app;
    private DataFolder? _data;
    private Listeners? _listeners;
    private int _users;

    internal CountedSessions Sessions => _app!.Services.GetRequiredService<CountedSessions>();

    internal TokenIssuer Issuer { get; } = new();

    internal ClientAuthority Authority { get; } = new();

    /// <summary>Known to the node by its hash alone, as that of <see cref="PinnedUser"/>.</summary>
    internal X509Certificate2 Pinned { get; } = ClientAuthority.SelfSigned(names => names.AddDnsName("client.example"));

    public DirectoryFault Directory { get; } = new();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 6, 10, 0, TimeSpan.Zero));

    public async ValueTask InitializeAsync()
    {
        var builder = GatewayBuilder.Create(
        [
            "--Presence:Domains:0=localhost",
            "--Presence:Listeners:Pip=127.0.0.1:0",
            "--Presence:Listeners:Pips=127.0.0.1:0",
            "--Presence:Listeners:Http=127.0.0.1:0",
            "--Presence:Listeners:Udp=off",
            "--Presence:Listeners:Grpc=127.0.0.1:0",
            // What is tried of the pace here is that of a session, not that of a node.
            "--Presence:Grains:PublishBurst=1000000",
            // Wrong passwords are tried while the clock stands still.
            "--Presence:Sessions:AuthDelay=00:00:00",
            $"--Presence:Data={_folder.FullName}",
            $"--Presence:ClientCertificates:Authorities={Authority.Write(_folder)}",
            $"--Presence:ClientCertificates:Pins:0=sha-256:{Pinned.GetCertHashString(HashAlgorithmName.SHA256)} {PinnedUser}@localhost",
            $"--Presence:Tokens:Keys={Issuer.WriteKeys(_folder)}",
            $"--Presence:Tokens:Issuers:0={TokenIssuer.Name}",
            $"--Presence:Tokens:Audiences:0={TokenIssuer.Audience}",
        ]);
        var settings = Settings.Read(builder.Configuration);
        _data = DataFolder.Open(settings.Node.Data);
        builder.AddNode(settings, _data);
        builder.Services.Replace(ServiceDescriptor.Singleton(new PresenceClock(Clock)));
        CountedSessions.Before(builder.Services);
        builder.Services.AddSingleton<IIncomingGrainCallFilter>(Directory);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddSimpleConsole();
        _listeners = Listeners.Add(builder, settings.Listeners);
        _app = builder.Build();
        _app.MapGrpcSessions();
        _app.MapAdministration();
        _app.MapNodeAdministration();
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Issuer.Dispose();
        Authority.Dispose();
        Pinned.Dispose();
        _data?.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>What opens administration.</summary>
    public string AdminToken => File.ReadAllText(_data!.File(AdminEndpoints.TokenFile)).Trim();

    /// <summary>The HTTP door, with the token.</summary>
    public HttpClient Http()
    {
        var http = new HttpClient { BaseAddress = new Uri($"http://{_listeners!.Http!.IPEndPoint}") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
        return http;
    }

    /// <summary>In clear text.</summary>
    public string GrpcUrl => $"http://{_listeners!.Grpc!.IPEndPoint}";

    /// <summary>Over TLS, on the port that PIP has.</summary>
    public string TlsUrl => $"https://{_listeners!.Pips!.IPEndPoint}";

    /// <summary>The node's own, which nobody has issued but itself.</summary>
    public X509Certificate2 Certificate() => X509CertificateLoader.LoadCertificateFromFile(_data!.File("dev-cert.pem"));

    /// <summary>Without credentials.</summary>
    public GrpcChannel Channel()
    {
        var channel = GrpcChannel.ForAddress(GrpcUrl);
        _channels.Add(channel);
        return channel;
    }

    /// <summary>Over TLS: ALPN tells it from PIP.</summary>
    public GrpcChannel TlsChannel(X509Certificate2? own = null)
    {
        var certificate = Certificate();
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ClientCertificates = own is null ? null : [own],
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { certificate },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };
        var channel = GrpcChannel.ForAddress(
            TlsUrl, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        _channels.Add(channel);
        return channel;
    }

    /// <summary>A user that no other test has, and a client with his password.</summary>
    public async Task<TestUser> NewUser(string name, bool isOnly = false)
    {
        var user = Address.Parse(isOnly ? $"{name}@localhost" : $"{name}{++_users}@localhost");
        Assert.True(PasswordPreparation.TryPrepareNew(Password, out var prepared, out var why), why);
        var verifier = ScramVerifier.Derive(prepared, "a salt for tests"u8, ScramVerifier.MinIterations);
        Assert.Null(await _app!.Services.GetRequiredService<IGrainFactory>().GetAccount(user).Create(verifier));
        return new TestUser(user.ToString(), new V1.Presence.PresenceClient(Channel()));
    }
}

/// <summary>Somebody who calls.</summary>
public sealed record TestUser(string Address, V1.Presence.PresenceClient Client)
{
    public Metadata Basic { get; } = Credentials(Address, GrpcNode.Password);

    public static Metadata Credentials(string name, string password) => new()
    {
        { "authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"))}" },
    };

    /// <summary>Lets somebody watch and write.</summary>
    public async Task Approve(TestUser who) => await Client.ApproveAsync(
        new V1.ApproveRequest { Who = who.Address }, Basic, cancellationToken: TestContext.Current.CancellationToken);

    public OpenSession Open(CancellationToken cancel = default) => new(Client.Session(
        Basic, cancellationToken: cancel == default ? TestContext.Current.CancellationToken : cancel));
}

[CollectionDefinition(nameof(GrpcNode))]
public sealed class GrpcNodeGroup : ICollectionFixture<GrpcNode>;
