using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Peers;

/// <summary>The last values of one node of another domain, by view.</summary>
internal sealed class MirrorValues
{
    /// <summary>Values of one view: what one node can have.</summary>
    private const int MaxValues = 1024;

    private readonly Dictionary<string, Dictionary<PropertyPath, PropertyDelta>> _views = new(StringComparer.Ordinal);

    public IEnumerable<string> Views => _views.Keys;

    /// <summary>Keeps a value; false if it is not newer than the one that is there, or there are too many.</summary>
    public bool Put(string view, PropertyDelta value)
    {
        if (!_views.TryGetValue(view, out var values))
            _views[view] = values = [];
        if (values.TryGetValue(value.Path, out var known) ? known.Version >= value.Version : values.Count >= MaxValues)
            return false;
        values[value.Path] = value;
        return true;
    }

    /// <summary>Drops the views in which nobody is.</summary>
    public void Only(IReadOnlySet<string> views)
    {
        foreach (var view in _views.Keys.Where(view => !views.Contains(view)).ToList())
            _views.Remove(view);
    }

    public ImmutableArray<PropertyDelta> Of(string view) =>
        [.. _views.GetValueOrDefault(view)?.Values.AsEnumerable() ?? []];

    public ImmutableArray<Property> Snapshot(string? view, PropertyPath path) => view is null ? [] :
    [
        .. Of(view).Where(delta => Subscription.Covers(path, delta.Path)).Select(delta => delta.Now).OfType<Property>()
            .OrderBy(property => property.Path),
    ];

    /// <summary>The newest version known of what the path covers; 0 for nothing.</summary>
    public long Version(string? view, PropertyPath path) => view is null ? 0
        : Of(view).Where(delta => Subscription.Covers(path, delta.Path)).Select(delta => delta.Version)
            .DefaultIfEmpty(0).Max();
}
