using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Presence.Contracts;
using Presence.Federation.Tests.Fakes;
using Presence.Model.Accounts;
using Presence.Model.Addresses;

namespace Presence.Conversations.Tests.Domains;

/// <summary>The node of a.example, and the certificates with which a test plays b.example.</summary>
public sealed class OneDomain : IAsyncLifetime
{
    public const string A = TwoDomains.A;
    public const string B = TwoDomains.B;

    private readonly TestAuthority _authority = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-one-");
    private DomainUnderTest? _node;
    private int _port;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 6, 10, 0, TimeSpan.Zero));

    internal DomainUnderTest Node => _node!;

    internal X509Certificate2 Issue(string domain) => _authority.Issue(domain);

    internal Task<RawPeer> Connect(string speaker = B) =>
        RawPeer.Connect(_port, A, _authority.Issue(speaker), _authority.Certificate);

    internal async Task<RawPeer> Link()
    {
        var peer = await Connect();
        Assert.Contains("sid=", await peer.Bind(A, B), StringComparison.Ordinal);
        return peer;
    }

    internal async Task<Address> CreateUser(string local)
    {
        var user = Address.Parse($"{local}@{A}");
        Assert.True(PasswordPreparation.TryPrepareNew("wonderland", out var prepared, out var why), why);
        var verifier = ScramVerifier.Derive(prepared, "a salt for tests"u8, ScramVerifier.MinIterations);
        Assert.Null(await Node.Grains.GetAccount(user).Create(verifier));
        return user;
    }

    public async ValueTask InitializeAsync()
    {
        var roots = _authority.Write(Path.Combine(_folder.FullName, "roots.pem"));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        // Nobody listens where b.example should be: only the test connects.
        _node = await DomainUnderTest.Start(new DomainWish(A, _port, B, 1, _authority.Issue(A), roots, Clock));
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }
}
