using Presence.Locating;
using System.Security.Cryptography.X509Certificates;

namespace Presence.Federation.Peers;

/// <summary>What this node holds of one domain. Equal policies may still be told apart by <see cref="Authorities"/>.</summary>
/// <param name="IsAllowed">False: neither dialled nor let in.</param>
/// <param name="Address">Fixed host and port; null: found by the DNS.</param>
/// <param name="Authorities">Roots that its certificate must lead to; null: those of the system.</param>
/// <param name="Pins">SHA-256 of acceptable public keys, upper-case hexadecimal; empty: any.</param>
/// <param name="MayBeClaimed">True if its own server may vouch for it by VERIFY.</param>
public sealed record PeerPolicy(
    bool IsAllowed, HostAndPort? Address, X509Certificate2Collection? Authorities, IReadOnlySet<string> Pins,
    bool MayBeClaimed);
