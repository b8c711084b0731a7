using Presence.Model.Addresses;

namespace Presence.Model.Properties;

/// <summary>One asked-for write: a value with its lease, or a deletion when <see cref="Value"/> is null.</summary>
/// <param name="Path">The property; never the root.</param>
/// <param name="Value">The new value, or null to delete.</param>
/// <param name="Lease">How long it is true, 1 s – 24 h; null for a value that stays.</param>
/// <param name="Default">The value after the lease; null means that the property disappears.</param>
public sealed record PropertyChange(
    PropertyPath Path, PropertyValue? Value, TimeSpan? Lease = null, PropertyValue? Default = null);

/// <summary>What happened to one property: its new state, or null when it is gone.</summary>
/// <param name="Path">The property.</param>
/// <param name="Now">Its state now; null when it was deleted or its lease ended without a default.</param>
/// <param name="Version">The version of this change, also when the property is gone.</param>
/// <param name="At">When it happened.</param>
/// <param name="Why">Reason word for the notice (<c>lease</c>), or null for a plain write.</param>
public sealed record PropertyDelta(
    PropertyPath Path, Property? Now, long Version, DateTimeOffset At, string? Why = null)
{
    /// <summary>Since when nobody could ask whether it still holds; null for what is known.</summary>
    public DateTimeOffset? StaleSince { get; init; }

    /// <summary>A property as it stands, told as if it had just become so.</summary>
    public static PropertyDelta Of(Property property) =>
        new(property.Path, property, property.Version, property.ChangedAt);
}
