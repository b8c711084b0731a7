namespace Presence.Model.Composition;

/// <summary>The composed status, the endpoint it was taken from, and when it would change without any write.</summary>
/// <param name="Status">Status token.</param>
/// <param name="Endpoint">Name of the endpoint chosen; null for an override or for nobody.</param>
/// <param name="ReviewAt">When the choice must be made again because somebody's activity grows old; null if never.</param>
public readonly record struct ComposedStatus(string Status, string? Endpoint, DateTimeOffset? ReviewAt);

/// <summary>
/// One status for the user out of what was written by hand and what the endpoints say
/// (docs/protocol/properties.md, "Composition").
/// </summary>
public static class StatusComposition
{
    /// <summary>For how long input counts as activity: five minutes.</summary>
    public static readonly TimeSpan ActivityWindow = TimeSpan.FromMinutes(5);

    /// <param name="written">The user's own <c>status</c> if it is set and its lease runs; it wins.</param>
    /// <param name="endpoints">All bound endpoints.</param>
    /// <param name="now">The time at which to judge activity.</param>
    public static ComposedStatus Compose(
        string? written, IReadOnlyCollection<EndpointPresence> endpoints, DateTimeOffset now)
    {
        if (written is not null)
            return new ComposedStatus(written, null, null);

        var candidates = endpoints.Where(e => e.Priority >= 0 && !StatusToken.IsOffline(e.Status)).ToList();
        if (candidates.Count == 0)
            return new ComposedStatus(StatusToken.Offline, null, null);
        if (candidates is [var only])
            return new ComposedStatus(only.Status!, only.Name, null);

        var active = candidates.Where(e => now - e.LastInput < ActivityWindow).ToList();
        var chosen = active.Count > 0
            ? active.OrderByDescending(e => e.Priority).ThenByDescending(e => e.LastInput)
                .ThenBy(e => e.Name, StringComparer.Ordinal).First()
            : candidates.OrderBy(e => StatusToken.Rank(e.Status!)).ThenByDescending(e => e.Priority)
                .ThenBy(e => e.Name, StringComparer.Ordinal).First();

        // The passing of time changes the choice among those who were active.
        DateTimeOffset? review = active.Count > 0
            ? active.Min(e => e.LastInput) + ActivityWindow
            : null;
        return new ComposedStatus(chosen.Status!, chosen.Name, review);
    }
}
