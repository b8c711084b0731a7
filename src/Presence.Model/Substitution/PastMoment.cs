using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Composition;
using Presence.Model.Properties;

namespace Presence.Model.Substitution;

/// <summary>
/// How a node would have looked had its owner logged out at one moment: what differs from the lasting properties of
/// then. It is what a politely blocked party sees from that moment on (docs/protocol/access.md, "Polite blocking").
/// </summary>
/// <param name="Version">Version of the node at the moment.</param>
/// <param name="Replaced">The status, and other values that fell back to their defaults.</param>
/// <param name="Gone">Values that would have disappeared.</param>
public sealed record PastMoment(
    long Version, ImmutableArray<Property> Replaced, ImmutableArray<PropertyPath> Gone)
{
    /// <summary>Takes the picture. Who was offline already keeps the status with its version and time.</summary>
    public static PastMoment Of(NodeProperties properties, PresenceView view, DateTimeOffset now, long version)
    {
        var next = version;
        var status = view.Shown[StandardPaths.Status];
        var replaced = ImmutableArray.CreateBuilder<Property>();
        var gone = ImmutableArray.CreateBuilder<PropertyPath>();
        replaced.Add(StatusToken.IsOffline(status.Value.Text)
            ? status with { LeaseEnds = null, Default = null }
            : new Property(StandardPaths.Status, PropertyValue.OfText(StatusToken.Offline), next++, now));

        foreach (var property in Volatile(properties, view))
        {
            if (property.Default is { } value)
                replaced.Add(new Property(property.Path, value, next++, now));
            else
                gone.Add(property.Path);
        }

        return new PastMoment(version, replaced.ToImmutable(), gone.ToImmutable());
    }

    /// <summary>
    /// The highest version that it shows or tells. No two of its values share one: no node gives two changes the same version,
    /// so equal ones would tell.
    /// </summary>
    public long Newest => Math.Max(
        Version + Replaced.Length + Gone.Length, Replaced.Select(property => property.Version).DefaultIfEmpty().Max());

    /// <summary>
    /// The same moment after somebody who sees it has written, as one may write to a user who has logged out. The status that is seen
    /// is made of endpoints, and there are none.
    /// </summary>
    public PastMoment After(ImmutableArray<PropertyDelta> written)
    {
        var next = this;
        foreach (var delta in written.Where(delta => !delta.Path.Equals(StandardPaths.Status)))
        {
            var others = next.Replaced.RemoveAll(property => property.Path.Equals(delta.Path));
            next = delta.Now is { } now
                ? next with { Replaced = others.Add(now), Gone = next.Gone.Remove(delta.Path) }
                : next with { Replaced = others, Gone = next.Gone.Remove(delta.Path).Add(delta.Path) };
        }

        return next;
    }

    /// <summary>What its watchers are told in that moment: the farewell.</summary>
    public ImmutableArray<PropertyDelta> Deltas(DateTimeOffset now) =>
    [
        .. Replaced.Select(p => new PropertyDelta(p.Path, p, p.Version, p.ChangedAt)),
        .. Gone.Select((path, rank) => new PropertyDelta(path, null, Version + Replaced.Length + rank, now)),
    ];

    /// <summary>Values that live only as long as somebody says so: leased ones, and those an endpoint lends to the user.</summary>
    private static IEnumerable<Property> Volatile(NodeProperties properties, PresenceView view) =>
        properties.All.Values
            .Where(p => p.LeaseEnds is not null && !StandardPaths.IsUnderEndpoints(p.Path))
            .Concat(view.Shown.Values.Where(p => properties[p.Path] is null))
            .Where(p => !p.Path.Equals(StandardPaths.Status));
}
