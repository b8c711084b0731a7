using Presence.Model.Addresses;

namespace Presence.Client;

/// <summary>The status of one of many accounts.</summary>
/// <param name="Status">Null if it was refused, or there is none.</param>
/// <param name="Since">When it last changed; null if not told.</param>
/// <param name="Code">The server's code, 200 if it was read.</param>
/// <param name="Reason">The server's reason word, such as <c>forbidden</c>.</param>
public sealed record PresenceReading(Address Address, string? Status, DateTimeOffset? Since, int Code, string Reason);
