using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Sessions.Delivery;

/// <summary>
/// Keeps the values of one subscription apart by a least time (<c>min=</c>). What comes too early waits, the newest of
/// each property, and is never lost. Values of one moment count as one: a container is told whole. Its watch locks.
/// </summary>
internal sealed class Pace(TimeSpan least)
{
    private readonly Dictionary<PropertyPath, PropertyDelta> _held = [];
    private DateTimeOffset _quietUntil = DateTimeOffset.MinValue;
    private DateTimeOffset _now;
    private bool _mayTell;

    /// <summary>A moment begins: something has come, or time has passed.</summary>
    public void Begin(DateTimeOffset now)
    {
        _now = now;
        _mayTell = now >= _quietUntil;
    }

    /// <summary>True if the value waits; false if it is to be told now.</summary>
    public bool MustHold(PropertyDelta delta)
    {
        if (_mayTell)
        {
            _quietUntil = _now + least;
            _held.Remove(delta.Path);
            return false;
        }

        _held[delta.Path] = delta;
        return true;
    }

    /// <summary>Something was told that never waits.</summary>
    public void Told() => _quietUntil = _now + least;

    /// <summary>What waited and may be told now.</summary>
    public IReadOnlyList<PropertyDelta> TakeHeld()
    {
        if (!_mayTell || _held.Count == 0)
            return [];
        List<PropertyDelta> due = [.. _held.Values.OrderBy(delta => delta.Version)];
        _held.Clear();
        return due;
    }
}
