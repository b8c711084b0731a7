namespace Presence.Transports.Tls;

/// <summary>How many TLS handshakes one address may ask for. Configuration section <c>Presence:Tls</c>.</summary>
public sealed class HandshakeSettings
{
    public const string Section = "Presence:Tls";

    /// <summary>True to refuse TLS 1.2 of clients, and of other domains that connect here; default false.</summary>
    public bool Only13 { get; init; }

    /// <summary>Handshakes a second of one address for long: 1–100 000, default 10. Beyond it connections are closed unheard.</summary>
    public int HandshakesPerSecond { get; init; } = 10;

    /// <summary>Handshakes of one address at once after a pause: 1–1 000 000, default 500.</summary>
    public int HandshakeBurst { get; init; } = 500;
}
