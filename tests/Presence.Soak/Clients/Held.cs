namespace Presence.Soak.Clients;

/// <summary>A subscription that a client believes to hold, and the highest version it got.</summary>
internal sealed record Held(string Id, string Place, long Version);
