using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Model.Substitution;

/// <summary>A lasting value that somebody still sees although it was replaced.</summary>
/// <param name="Value">The property as it was.</param>
/// <param name="Until">Version at which it was replaced or deleted.</param>
public sealed record KeptValue(Property Value, long Until);

/// <summary>
/// The moments whose views are still shown to somebody, and the replaced values that those views need. Nothing is kept
/// while nobody is shut out politely.
/// </summary>
public sealed record PastViews(
    ImmutableSortedDictionary<long, PastMoment> Moments, ImmutableArray<KeptValue> Kept)
{
    /// <summary>Octets of replaced values that are kept at most, 1 MiB; beyond it the oldest look as if deleted.</summary>
    public const int MaxKeptOctets = 1024 * 1024;

    public static readonly PastViews Empty = new(ImmutableSortedDictionary<long, PastMoment>.Empty, []);

    /// <summary>The highest version that any of the moments shows; 0 for none. The node goes on above it.</summary>
    public long Newest => Moments.IsEmpty ? 0 : Moments.Values.Max(moment => moment.Newest);

    public PastViews With(PastMoment moment) => this with { Moments = Moments.SetItem(moment.Version, moment) };

    /// <summary>Forgets the moments that nobody is held at any more, and what only they needed.</summary>
    public PastViews Only(IEnumerable<long> live)
    {
        var moments = Moments.RemoveRange(Moments.Keys.Except(live));
        return new PastViews(
            moments, Kept.RemoveAll(kept => !moments.Keys.Any(moment => IsSeenAt(moment, kept.Value, kept.Until))));
    }

    /// <summary>Keeps what a change replaces, as far as a moment still shows it.</summary>
    public PastViews Keep(NodeProperties before, NodeProperties after)
    {
        if (Moments.IsEmpty)
            return this;
        var newest = Moments.Keys.Last();
        var replaced = before.All.Values
            .Where(p => p.IsDurable && p.Version <= newest && after[p.Path]?.Version != p.Version)
            .Select(p => new KeptValue(p, after[p.Path]?.Version ?? after.Version))
            .Where(kept => Moments.Keys.Any(moment => IsSeenAt(moment, kept.Value, kept.Until)))
            .ToImmutableArray();
        return replaced.IsEmpty ? this : this with { Kept = Bounded(Kept.AddRange(replaced)) };
    }

    /// <summary>A property as it was at the moment, or null.</summary>
    public Property? At(long moment, PropertyPath path, NodeProperties now)
    {
        if (!Moments.TryGetValue(moment, out var then))
            return null;
        foreach (var property in then.Replaced)
        {
            if (property.Path.Equals(path))
                return property;
        }

        if (then.Gone.Contains(path))
            return null;
        return now[path] is { IsDurable: true } current && current.Version <= moment
            ? current
            : Kept.FirstOrDefault(kept => kept.Value.Path.Equals(path) && IsSeenAt(moment, kept.Value, kept.Until))?.Value;
    }

    /// <summary>All properties as they were at the moment, for who may write there and shall not notice anything.</summary>
    public NodeProperties AllAt(long moment, NodeProperties now) => new(
        now.All.Keys.Concat(Paths).Distinct().Select(path => At(moment, path, now)).OfType<Property>()
            .ToImmutableSortedDictionary(property => property.Path, property => property),
        Math.Max(now.Version, Newest));

    /// <summary>Everything that may be seen at one moment or another, with the present properties left out.</summary>
    public IEnumerable<PropertyPath> Paths =>
        Kept.Select(kept => kept.Value.Path).Concat(Moments.Values.SelectMany(m => m.Replaced.Select(p => p.Path)));

    private static bool IsSeenAt(long moment, Property value, long until) => value.Version <= moment && moment < until;

    private static ImmutableArray<KeptValue> Bounded(ImmutableArray<KeptValue> kept)
    {
        var octets = kept.Sum(k => (long)k.Value.Value.Size);
        while (octets > MaxKeptOctets)
        {
            octets -= kept[0].Value.Value.Size;
            kept = kept.RemoveAt(0);
        }

        return kept;
    }
}
