using Microsoft.Extensions.Options;
using Presence.Locating;
using Presence.Model.Addresses;

namespace Presence.Federation.Peers;

/// <summary>The policy of each domain, as the configuration says it now.</summary>
public sealed class PeerPolicies : IDisposable
{
    private readonly AuthorityFiles _authorities = new();
    private readonly IOptionsMonitor<FederationOptions> _options;
    private readonly IDisposable? _watch;

    public PeerPolicies(IOptionsMonitor<FederationOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _watch = options.OnChange(_ => Changed?.Invoke(this, EventArgs.Empty));
    }

    /// <summary>Raised after the configuration has changed; links to domains that are no longer allowed must end.</summary>
    public event EventHandler? Changed;

    /// <summary>False if this node speaks with nobody.</summary>
    public bool IsOn => _options.CurrentValue.Trust != FederationTrust.Off;

    /// <summary>True if any domain may be claimed.</summary>
    public bool HasClaims => IsOn
        && (_options.CurrentValue.Claims || _options.CurrentValue.Peers.Values.Any(peer => peer.Claims == true));

    /// <summary>The policy of a domain, whether it is named in the configuration or not.</summary>
    public PeerPolicy Of(Domain domain) => Read(domain, _options.CurrentValue);

    /// <summary>The configured domains that are not blocked.</summary>
    public IEnumerable<Domain> Listed() =>
        from name in _options.CurrentValue.Peers.Keys
        let domain = Domain.TryParse(name, out var parsed, out _) ? parsed : default
        where domain != default && Of(domain).IsAllowed
        select domain;

    public void Dispose() => _watch?.Dispose();

    private PeerPolicy Read(Domain domain, FederationOptions options)
    {
        var peer = Named(domain, options);
        var isAllowed = options.Trust switch
        {
            FederationTrust.Open => peer?.Blocked != true,
            FederationTrust.Listed => peer?.Blocked == false,
            _ => false,
        };
        return new PeerPolicy(
            isAllowed,
            HostAndPort.TryParse(peer?.Address, out var address) ? address : null,
            (peer?.Authorities ?? options.Authorities) is { } path ? _authorities.Of(path) : null,
            (peer?.Pins ?? []).Select(Plain).ToHashSet(StringComparer.Ordinal),
            isAllowed && (peer?.Claims ?? options.Claims));
    }

    private static PeerOptions? Named(Domain domain, FederationOptions options) =>
        options.Peers.FirstOrDefault(peer => Domain.TryParse(peer.Key, out var name, out _) && name == domain).Value;

    private static string Plain(string pin) =>
        pin.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant();
}
