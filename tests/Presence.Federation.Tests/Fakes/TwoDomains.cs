using Microsoft.Extensions.DependencyInjection;
using Presence.Federation.Peers;
using Presence.Model.Addresses;

namespace Presence.Federation.Tests.Fakes;

/// <summary>a.example, which dials, and b.example, which listens; both trust one authority.</summary>
internal sealed class TwoDomains : IAsyncDisposable
{
    public static readonly Domain A = Domain.Parse("a.example");
    public static readonly Domain B = Domain.Parse("b.example");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-peers-");
    private readonly List<PeerNode> _nodes = [];

    public TestAuthority Authority { get; } = new();

    /// <summary>Starts the node of b.example.</summary>
    public async Task<PeerNode> Listening(params string[] names)
    {
        var hosted = new HostedNames();
        foreach (var name in names.DefaultIfEmpty("b.example"))
            hosted.Add(name, Authority.Issue(name));
        return await Start(hosted, Open());
    }

    /// <summary>Starts the node of a.example, which knows where others are.</summary>
    public Task<PeerNode> Dialling(FederationOptions options) =>
        Start(new HostedNames().Add("a.example", Authority.Issue("a.example")), options);

    public async Task<PeerNode> Start(
        HostedNames hosted, FederationOptions options, Action<IServiceCollection>? configure = null)
    {
        var node = await PeerNode.Start(hosted, options, configure);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Trust in everybody whom the authority knows.</summary>
    public FederationOptions Open(params (string Domain, PeerOptions Options)[] peers) => new()
    {
        Trust = FederationTrust.Open,
        Authorities = Authority.Write(Path.Combine(_folder.FullName, "authority.pem")),
        Peers = peers.ToDictionary(peer => peer.Domain, peer => peer.Options),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        Authority.Dispose();
        _folder.Delete(recursive: true);
    }
}
