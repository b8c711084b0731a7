namespace Presence.Protocol.Sasl;

/// <summary>What a server knows about a connection when AUTH names a SCRAM mechanism.</summary>
/// <param name="offer">The lists sent in the answer to HELLO.</param>
/// <param name="mechanism">The client's choice: one of the two SCRAM mechanisms.</param>
public sealed class ScramServerSettings(SaslOffer offer, SaslMechanism mechanism)
{
    public SaslOffer Offer { get; } = offer;

    public SaslMechanism Mechanism { get; } = mechanism;

    /// <summary>The connection's own binding; null if it has none, then -PLUS fails.</summary>
    public ChannelBinding? Binding { get; init; }

    /// <summary>The attribute t, see <see cref="Sasl.TlsVersion"/>; null leaves it out (no TLS here).</summary>
    public string? TlsVersion { get; init; }

    /// <summary>Whether the attribute h is sent. Default true; false for dialects that do not know it.</summary>
    public bool SendsOfferHash { get; init; } = true;

    /// <summary>Where the server's part of the nonce comes from.</summary>
    public Func<string> NonceSource { get; init; } = ScramNonce.Fresh;

    /// <summary>
    /// Whether an authorization identity (first) names the user (second). By default only if both are spelt alike; a
    /// caller that knows its domain can let <c>alice@a.example</c> stand for <c>alice</c>.
    /// </summary>
    public Func<string, string, bool> IsSameUser { get; init; } = string.Equals;
}
