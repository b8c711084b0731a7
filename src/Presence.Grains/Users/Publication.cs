using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Grains.Users;

/// <summary>
/// Holds back what changes too fast: at most one publication per interval, and for long no more than the rate; after a pause
/// a burst may come. The latest value of each property wins.
/// </summary>
/// <param name="interval">Least time between two publications.</param>
/// <param name="perSecond">Publications a second for long.</param>
/// <param name="burst">Publications that may come one interval after the other after a pause.</param>
internal sealed class Publication(TimeSpan interval, int perSecond, int burst)
{
    private readonly Dictionary<PropertyPath, PropertyDelta> _waiting = [];
    private readonly TimeSpan _refill = TimeSpan.FromSeconds(1) / perSecond;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    // A token bucket as one number: when it will be full again. Each publication moves this by one refill.
    private DateTimeOffset _fullAt = DateTimeOffset.MinValue;

    /// <summary>When to ask again; null while nothing waits.</summary>
    public DateTimeOffset? DueAt => _waiting.Count == 0 ? null : _notBefore;

    /// <summary>Takes changes; gives how many that wait they replace.</summary>
    public int Add(IEnumerable<PropertyDelta> deltas)
    {
        var replaced = 0;
        foreach (var delta in deltas)
        {
            if (!_waiting.TryAdd(delta.Path, delta))
            {
                _waiting[delta.Path] = delta;
                replaced++;
            }
        }

        return replaced;
    }

    /// <summary>True if changes wait because of the rate and not only of the interval.</summary>
    public bool IsBeyondRate(DateTimeOffset now) => _waiting.Count > 0 && now < NextToken();

    /// <summary>What may go out now; empty while the interval runs or no token is left.</summary>
    public ImmutableArray<PropertyDelta> Take(DateTimeOffset now)
    {
        if (_waiting.Count == 0 || now < _notBefore)
            return [];
        ImmutableArray<PropertyDelta> due = [.. _waiting.Values.OrderBy(delta => delta.Version)];
        _waiting.Clear();
        _fullAt = (_fullAt > now ? _fullAt : now) + _refill;
        _notBefore = now + interval;
        if (NextToken() > _notBefore)
            _notBefore = NextToken();
        return due;
    }

    private DateTimeOffset NextToken() =>
        _fullAt == DateTimeOffset.MinValue ? _fullAt : _fullAt - (_refill * (burst - 1));
}
