namespace Presence.Model.Composition;

/// <summary>What composition needs to know of one bound endpoint.</summary>
/// <param name="Name">Endpoint name, unique within the user.</param>
/// <param name="Status">Its own status token; null when it has not shown itself yet.</param>
/// <param name="Priority">-128 to 127, default 0; below 0 it never speaks for the user.</param>
/// <param name="LastInput">When its person last did something there.</param>
public sealed record EndpointPresence(string Name, string? Status, int Priority, DateTimeOffset LastInput);
