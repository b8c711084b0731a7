namespace Presence.Protocol.Sasl;

/// <summary>A channel binding of one TLS connection (RFC 5056).</summary>
/// <param name="Type">Registered name, such as <see cref="ServerEndPointBinding.Type"/>.</param>
/// <param name="Data">The octets that both ends compute for themselves.</param>
public sealed record ChannelBinding(string Type, ReadOnlyMemory<byte> Data);
