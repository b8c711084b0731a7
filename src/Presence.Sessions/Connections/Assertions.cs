using System.Collections.Concurrent;
using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Sessions.Connections;

/// <summary>
/// What one session has written and silos hold in memory only: the properties of its endpoint, and values with a lease. A silo
/// that is lost forgets them; the session asserts them again.
/// </summary>
internal sealed class Assertions
{
    // Small at first: most sessions write their status and little else (bench idle).
    private readonly ConcurrentDictionary<PropertyPath, Asserted> _byPath = new(concurrencyLevel: 1, capacity: 3);

    /// <summary>The session wrote these, and they were taken.</summary>
    public void Note(IEnumerable<PropertyChange> changes, string? endpoint, DateTimeOffset now)
    {
        foreach (var change in changes)
        {
            if (change.Value is not null && (change.Lease is not null || IsOf(endpoint, change.Path)))
                _byPath[change.Path] = new Asserted(change, now + change.Lease);
            else
                _byPath.TryRemove(change.Path, out _);
        }
    }

    /// <summary>What is still true, with what is left of its lease.</summary>
    public ImmutableArray<PropertyChange> Current(DateTimeOffset now) =>
    [
        .. _byPath.Values.Where(asserted => !(asserted.Until <= now))
            .Select(asserted => asserted.Change with { Lease = asserted.Until - now }),
    ];

    private static bool IsOf(string? endpoint, PropertyPath path) =>
        endpoint is not null && path.StartsWith(StandardPaths.Endpoints.Append(endpoint));

    private sealed record Asserted(PropertyChange Change, DateTimeOffset? Until);
}
