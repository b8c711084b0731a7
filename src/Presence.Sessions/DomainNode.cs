using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Sessions;

/// <summary>
/// What configuration says on the node of each hosted domain, for everybody to read (docs/protocol/access.md, "Administrators").
/// </summary>
/// <param name="properties">Paths below the node with their texts, as they are now.</param>
/// <param name="now">
/// When a text is first seen, which is its version: who has watched before a restart, or a change, is told anew when he asks again.
/// </param>
public sealed class DomainNode(Func<IEnumerable<KeyValuePair<string, string>>> properties, Func<DateTimeOffset> now)
{
    /// <summary>For hosts that lay down nothing.</summary>
    public static readonly DomainNode WithoutPolicy = new(() => [], () => DateTimeOffset.UnixEpoch.AddMilliseconds(1));

    private readonly Lock _lock = new();
    private Dictionary<PropertyPath, Property> _known = [];

    /// <summary>In the order of paths. What says the same as before keeps its version.</summary>
    public IReadOnlyList<Property> Current()
    {
        lock (_lock)
        {
            var at = now();
            _known = properties().Append(KeyValuePair.Create("kind", "domain"))
                .Select(pair => (Path: PropertyPath.Parse(pair.Key), Value: PropertyValue.OfText(pair.Value)))
                .ToDictionary(
                    pair => pair.Path,
                    pair => _known.GetValueOrDefault(pair.Path) is { } before && before.Value.Equals(pair.Value)
                        ? before
                        : new Property(pair.Path, pair.Value, VersionClock.Next(0, at), at));
            return [.. _known.Values.OrderBy(property => property.Path)];
        }
    }
}
