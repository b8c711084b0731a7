using Presence.Model.Addresses;

namespace Presence.Model.Properties;

/// <summary>One property of a node as it stands.</summary>
/// <param name="Path">Where it stands below the node.</param>
/// <param name="Value">What it holds.</param>
/// <param name="Version">Its version; greater is newer.</param>
/// <param name="ChangedAt">When the value last changed (a refresh of a lease is no change).</param>
/// <param name="LeaseEnds">When the value stops being true; null for a value that stays ("ghost").</param>
/// <param name="Default">What it holds after the lease; null means that it disappears.</param>
public sealed record Property(
    PropertyPath Path,
    PropertyValue Value,
    long Version,
    DateTimeOffset ChangedAt,
    DateTimeOffset? LeaseEnds = null,
    PropertyValue? Default = null)
{
    /// <summary>Leased values and all that belongs to an endpoint live in memory only; the rest is stored.</summary>
    public bool IsDurable => LeaseEnds is null && !StandardPaths.IsUnderEndpoints(Path);
}
