namespace Presence.Locating.Dns;

/// <summary>Octets that are no DNS message. It never leaves the resolver.</summary>
internal sealed class DnsFormatException(string message) : Exception(message);
