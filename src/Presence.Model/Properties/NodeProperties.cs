using System.Collections.Immutable;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Composition;
using Presence.Model.Replies;

namespace Presence.Model.Properties;

/// <summary>
/// All properties of one node and the version clock that they share: an immutable value. Every operation gives the next
/// value and the deltas to tell; none reads a clock. One clock for the node makes versions rise strictly for each property,
/// also across a deletion.
/// </summary>
public sealed record NodeProperties(ImmutableSortedDictionary<PropertyPath, Property> All, long Version)
{
    public static readonly NodeProperties Empty = new(ImmutableSortedDictionary<PropertyPath, Property>.Empty, 0);

    public Property? this[PropertyPath path] => All.GetValueOrDefault(path);

    /// <summary>When the next lease ends, or null.</summary>
    public DateTimeOffset? NextLeaseEnd => All.Values.Min(property => property.LeaseEnds);

    /// <summary>
    /// Applies a set of writes as one: either all of them, or none and the refusal. <paramref name="onlyIf"/> is the
    /// version that the caller saw (compare and set): of the property for a single write, of the node for several; 0 for a property that must not exist.
    /// </summary>
    public PropertyOutcome Apply(
        IReadOnlyList<PropertyChange> changes, long? onlyIf, DateTimeOffset now, PropertyLimits limits)
    {
        if (onlyIf is { } expected && CurrentVersion(changes) is var current && current != expected)
            return PropertyOutcome.Refused(this, Refusal.VersionMismatch(current));

        var next = this;
        var deltas = ImmutableArray.CreateBuilder<PropertyDelta>(changes.Count);
        foreach (var change in changes)
        {
            if (Check(change, limits) is { } refusal)
                return PropertyOutcome.Refused(this, refusal);
            next = next.Write(change, now, deltas);
        }

        return next.All.Count > limits.MaxProperties && next.All.Count > All.Count
            ? PropertyOutcome.Refused(this, Refusal.TooMany)
            : new PropertyOutcome(next, deltas.ToImmutable(), null);
    }

    /// <summary>Ends every lease that is over: the default takes its place, or the property disappears.</summary>
    public PropertyOutcome EndLeases(DateTimeOffset now) =>
        Withdraw(property => property.LeaseEnds <= now, isForgotten: false, now);

    /// <summary>
    /// Ends the leases of an endpoint whose connection is gone, and forgets all else that belongs to it. A status that
    /// would become <c>offline</c> goes too: its absence says the same, and endpoints that come and go leave nothing.
    /// </summary>
    public PropertyOutcome ForgetEndpoint(string endpoint, DateTimeOffset now)
    {
        var container = StandardPaths.Endpoints.Append(endpoint);
        return Withdraw(property => property.Path.StartsWith(container), isForgotten: true, now);
    }

    /// <summary>All that belongs to an endpoint.</summary>
    public ImmutableArray<Property> OfEndpoint(string endpoint)
    {
        var container = StandardPaths.Endpoints.Append(endpoint);
        return [.. All.Values.Where(property => property.Path.StartsWith(container))];
    }

    /// <summary>
    /// Brings back values that were withdrawn when the node had this version, with what is left of their leases. A lease that
    /// has run out stays over, and what was written since stands.
    /// </summary>
    public PropertyOutcome Restore(ImmutableArray<Property> withdrawn, long version, DateTimeOffset now)
    {
        var next = this;
        var deltas = ImmutableArray.CreateBuilder<PropertyDelta>();
        foreach (var before in withdrawn.Where(p => !(p.LeaseEnds <= now) && !(this[p.Path]?.Version > version)))
        {
            var isChange = !before.Value.Equals(this[before.Path]?.Value);
            var after = before with
            {
                Version = VersionClock.Next(next.Version, now),
                ChangedAt = isChange ? now : before.ChangedAt,
            };
            next = new NodeProperties(next.All.SetItem(after.Path, after), after.Version);
            if (isChange)
                deltas.Add(new PropertyDelta(after.Path, after, after.Version, now));
        }

        return new PropertyOutcome(next, deltas.ToImmutable(), null);
    }

    private PropertyOutcome Withdraw(Func<Property, bool> isOver, bool isForgotten, DateTimeOffset now)
    {
        var next = this;
        var deltas = ImmutableArray.CreateBuilder<PropertyDelta>();
        foreach (var property in All.Values.Where(isOver))
        {
            var version = VersionClock.Next(next.Version, now);
            var changed = !property.Value.Equals(property.Default);
            var after = property.Default is not { } value || (isForgotten && IsOfflineStatus(property.Path, value))
                ? null
                : new Property(property.Path, value, version, changed ? now : property.ChangedAt);
            next = new NodeProperties(
                after is null ? next.All.Remove(property.Path) : next.All.SetItem(property.Path, after), version);
            if (changed || after is null || !isForgotten)
                deltas.Add(new PropertyDelta(property.Path, after, version, now, isForgotten ? null : "lease"));
        }

        return new PropertyOutcome(next, deltas.ToImmutable(), null);
    }

    private NodeProperties Write(
        PropertyChange change, DateTimeOffset now, ImmutableArray<PropertyDelta>.Builder deltas)
    {
        var before = this[change.Path];
        var leaseEnds = now + change.Lease;
        var version = VersionClock.Next(Version, now);
        if (change.Value is null)
        {
            if (before is not null)
                deltas.Add(new PropertyDelta(change.Path, null, version, now));
            return new NodeProperties(All.Remove(change.Path), version);
        }

        var changed = before is null || !before.Value.Equals(change.Value);
        var after = new Property(
            change.Path, change.Value, version, changed ? now : before!.ChangedAt, leaseEnds, change.Default);

        // Refreshing a lease with an equal value is no news to watchers, so it makes no delta.
        if (changed)
            deltas.Add(new PropertyDelta(change.Path, after, version, now));
        return new NodeProperties(All.SetItem(change.Path, after), version);
    }

    /// <summary>A property written together with what stands below it is one value: its own version counts.</summary>
    private long CurrentVersion(IReadOnlyList<PropertyChange> changes) =>
        changes.All(change => change.Path.StartsWith(changes[^1].Path)) ? this[changes[^1].Path]?.Version ?? 0 : Version;

    private static Refusal? Check(PropertyChange change, PropertyLimits limits)
    {
        if (change.Path.Count == 0 || StandardPaths.IsReadOnly(change.Path))
            return Refusal.NotAllowed;
        if (change.Value?.Size > limits.MaxValueSize || change.Default?.Size > limits.MaxValueSize)
            return Refusal.BodyTooLarge;
        if (change.Path.Last == "status" && !(IsStatus(change.Value) && IsStatus(change.Default)))
            return Refusal.BadParameter("val");
        if (change.Value is { } value && !PrivacyMode.IsWellFormed(change.Path, value))
            return Refusal.BadParameter("val");
        return change.Lease is { } lease && (lease <= TimeSpan.Zero || lease > limits.MaxLease)
            ? Refusal.BadParameter("lease")
            : null;
    }

    private static bool IsOfflineStatus(PropertyPath path, PropertyValue value) =>
        path.Last == "status" && StatusToken.IsOffline(value.Text);

    private static bool IsStatus(PropertyValue? value) =>
        value is null || (value.Text is { } token && StatusToken.IsWellFormed(token));
}

/// <summary>The next properties with what changed, or the refusal with the properties as they were.</summary>
public readonly record struct PropertyOutcome(
    NodeProperties Properties, ImmutableArray<PropertyDelta> Deltas, Refusal? Refusal)
{
    public static PropertyOutcome Refused(NodeProperties unchanged, Refusal why) => new(unchanged, [], why);
}
