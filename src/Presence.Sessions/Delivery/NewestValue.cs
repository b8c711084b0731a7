using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Sessions.Delivery;

/// <summary>
/// The value that watchers of a node were last told of it when their subscription began. Many who come at once are told the same,
/// which is encoded once for all of them (<c>bench storm</c>). May be used from any thread.
/// </summary>
internal sealed class NewestValue(Address node)
{
    /// <summary>In octets: what is longer is not kept for others.</summary>
    private const int GreatestKept = 1024;

    private SharedValue? _kept;

    /// <summary>The value for one more watcher. Two who come at the same moment may get one each.</summary>
    public SharedValue Share(PropertyDelta delta)
    {
        if (_kept is { } kept && kept.Delta.Equals(delta))
            return kept;
        var value = new SharedValue(node, delta);
        if (value.Octets <= GreatestKept)
            _kept = value;
        return value;
    }
}
