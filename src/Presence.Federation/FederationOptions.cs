using Presence.Federation.Peers;

namespace Presence.Federation;

/// <summary>Which other domains this node speaks with. Configuration section <c>Presence:Federation</c>.</summary>
public sealed class FederationOptions
{
    public const string Section = "Presence:Federation";

    /// <summary>Trust in domains that are not named in <see cref="Peers"/>. Default <c>Off</c>: no federation at all.</summary>
    public FederationTrust Trust { get; init; } = FederationTrust.Off;

    /// <summary>PEM file of the authorities that certificates of other domains must come from; null: the system's.</summary>
    public string? Authorities { get; init; }

    /// <summary>
    /// Whether a domain may be claimed on the link of another one, by a call-back to its own server instead of a certificate
    /// of the link. Default false.
    /// </summary>
    public bool Claims { get; init; }

    /// <summary>
    /// What the keys of claims are made of: 64 hexadecimal digits, the same at every gateway of a cluster. Null: made once and
    /// kept in the data folder.
    /// </summary>
    public string? ClaimSecret { get; init; }

    /// <summary>Connections that one address may have open at the listener for domains. 1–65 536, default 256.</summary>
    public int ConnectionsPerAddress { get; init; } = 256;

    /// <summary>What is different for one domain, by its name.</summary>
    public IReadOnlyDictionary<string, PeerOptions> Peers { get; init; } =
        new Dictionary<string, PeerOptions>(StringComparer.OrdinalIgnoreCase);
}
