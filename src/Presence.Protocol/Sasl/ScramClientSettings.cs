namespace Presence.Protocol.Sasl;

/// <summary>What a client brings to a SCRAM exchange.</summary>
/// <param name="offer">The lists seen in the answer to HELLO.</param>
/// <param name="mechanism">One of the two SCRAM mechanisms.</param>
/// <param name="username">Local part or full address, 1–512 octets of UTF-8 without NUL.</param>
/// <param name="preparedPassword">
/// As <see cref="Presence.Model.Accounts.PasswordPreparation.TryPrepare"/> gives it.
/// </param>
public sealed class ScramClientSettings(
    SaslOffer offer, SaslMechanism mechanism, string username, string preparedPassword)
{
    public SaslOffer Offer { get; } = offer;

    public SaslMechanism Mechanism { get; } = mechanism;

    public string Username { get; } = username;

    public string PreparedPassword { get; } = preparedPassword;

    /// <summary>Whom to act as; null, the default, leaves it out.</summary>
    public string? AuthorizationIdentity { get; init; }

    /// <summary>The connection's own binding; null if it cannot be computed, then -PLUS is not possible.</summary>
    public ChannelBinding? Binding { get; init; }

    /// <summary>See <see cref="Sasl.TlsVersion"/>; null without TLS.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>Where the client's part of the nonce comes from.</summary>
    public Func<string> NonceSource { get; init; } = ScramNonce.Fresh;
}
