using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Presence.Federation.Tests.Fakes;

namespace Presence.Conversations.Tests.Domains;

/// <summary>
/// Two nodes in this process, each the home of one domain, that speak over real TLS with certificates of one authority. They
/// share the test's clock. Between them stand two wires, one for the connections that each side opens.
/// </summary>
public sealed class TwoDomains : IAsyncLifetime
{
    public const string A = "a.example";
    public const string B = "b.example";

    private readonly TestAuthority _authority = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-two-");
    private readonly Dictionary<string, DomainUnderTest> _nodes = new(StringComparer.Ordinal);
    private CountingRelay? _toA;
    private CountingRelay? _toB;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 6, 10, 0, TimeSpan.Zero));

    /// <summary>What differs from a plain node.</summary>
    internal Action<IServiceCollection>? Configure { get; init; }

    internal DomainUnderTest Of(string domain) => _nodes[domain];

    /// <summary>Octets that have gone from a.example to b.example, on connections of either side.</summary>
    internal long OctetsFromAToB => _toB!.Forth + _toA!.Back;

    public async ValueTask InitializeAsync()
    {
        var roots = _authority.Write(Path.Combine(_folder.FullName, "roots.pem"));
        // Each knows the wire to the other; where that ends is known when the other runs, on a port that it was given.
        (_toA, _toB) = (new CountingRelay(), new CountingRelay());
        _nodes[A] = await DomainUnderTest.Start(Wish(A, B, _toB.Port, roots));
        _toA.LeadTo(_nodes[A].PeerPort);
        _nodes[B] = await DomainUnderTest.Start(Wish(B, A, _toA.Port, roots));
        _toB.LeadTo(_nodes[B].PeerPort);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Values)
            await node.DisposeAsync();
        foreach (var wire in new[] { _toA, _toB }.OfType<CountingRelay>())
            await wire.DisposeAsync();
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private DomainWish Wish(string name, string other, int otherPort, string roots) =>
        new(name, other, otherPort, _authority.Issue(name), roots, Clock)
        {
            Configure = Configure,

            // Stories are many, and all within one day.
            Settings = ["--Presence:Federation:Links:PersonPendingPerDay=1000"],
        };
}
