using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Presence.Contracts;
using Presence.Contracts.Peers;
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

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 6, 10, 0, TimeSpan.Zero));

    /// <summary>Whom it speaks with; by default with b.example only.</summary>
    internal string Trust { get; init; } = "Listed";

    internal IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>What differs from a plain node.</summary>
    internal Action<IServiceCollection>? Configure { get; init; }

    /// <summary>Names in its certificate.</summary>
    internal string[] Names { get; init; } = [A];

    internal DomainUnderTest Node => _node!;

    internal X509Certificate2 Issue(string domain) => _authority.Issue(domain);

    internal Task<RawPeer> Connect(string speaker = B) => Connect(A, [speaker]);

    /// <param name="asked">The domain asked for.</param>
    /// <param name="names">Names in the certificate that is shown.</param>
    internal Task<RawPeer> Connect(string asked, string[] names) =>
        RawPeer.Connect(Node.PeerPort, asked, _authority.Issue(names), _authority.Certificate);

    internal Task<RawPeer> Link(string speaker = B) => Link([speaker]);

    /// <summary>A link of the first of these domains, with a certificate that names them all.</summary>
    internal async Task<RawPeer> Link(string[] speakers)
    {
        var peer = await Connect(A, speakers);
        Assert.Contains("sid=", await peer.Bind(A, speakers[0]), StringComparison.Ordinal);
        return peer;
    }

    internal static DomainPair PairWith(string remote) => new(Domain.Parse(A), Domain.Parse(remote));

    /// <summary>
    /// Waits until what the gateway reports of its links has reached the grains, which take one that says nothing for twenty
    /// seconds for dead: a test's seconds are short. What is asked here comes after the reports.
    /// </summary>
    internal async Task ReportsAreIn(params string[] remotes)
    {
        foreach (var remote in remotes.DefaultIfEmpty(B))
            Assert.Null(await Node.Grains.GetPeerDomain(PairWith(remote)).FindCaller(Address.Parse("nobody@a.example"), "none"));
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
        // Nobody listens where b.example should be: only the test connects.
        _node = await DomainUnderTest.Start(new DomainWish(A, B, 1, _authority.Issue(Names), roots, Clock)
        {
            Trust = Trust,
            Settings = Settings,
            Configure = Configure,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }
}
