namespace Presence.Federation.Peers;

/// <summary>One peer domain as configured. Section <c>Presence:Federation:Peers:&lt;domain&gt;</c>.</summary>
public sealed class PeerOptions
{
    /// <summary>Refuses the domain, whatever it proves. Default false.</summary>
    public bool Blocked { get; init; }

    /// <summary>Where it is, as <c>host:port</c>, instead of a look-up in the DNS. Default none.</summary>
    public string? Address { get; init; }

    /// <summary>PEM file of the authorities that its certificate must come from. Default: those of all peers.</summary>
    public string? Authorities { get; init; }

    /// <summary>Whether this domain may be claimed on the link of another one. Default: <see cref="FederationOptions.Claims"/>.</summary>
    public bool? Claims { get; init; }

    /// <summary>
    /// SHA-256 of the public keys that its certificate may have, in hexadecimal, with or without colons; none: any.
    /// </summary>
    public IReadOnlyList<string> Pins { get; init; } = [];
}
