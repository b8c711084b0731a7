using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Grains.Users;

/// <summary>
/// Holds back what changes too fast: at most one publication per interval, the latest value of each property wins.
/// </summary>
internal sealed class Publication(TimeSpan interval)
{
    private readonly Dictionary<PropertyPath, PropertyDelta> _waiting = [];
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    /// <summary>When to ask again; null while nothing waits.</summary>
    public DateTimeOffset? DueAt => _waiting.Count == 0 ? null : _notBefore;

    public void Add(IEnumerable<PropertyDelta> deltas)
    {
        foreach (var delta in deltas)
            _waiting[delta.Path] = delta;
    }

    /// <summary>What may go out now; empty while the interval runs.</summary>
    public ImmutableArray<PropertyDelta> Take(DateTimeOffset now)
    {
        if (_waiting.Count == 0 || now < _notBefore)
            return [];
        ImmutableArray<PropertyDelta> due = [.. _waiting.Values.OrderBy(delta => delta.Version)];
        _waiting.Clear();
        _notBefore = now + interval;
        return due;
    }
}
