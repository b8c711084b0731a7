using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Sessions.Delivery;

/// <summary>What was told of one property of a subscription; version 0 is before all versions. It is the key of its values, too.</summary>
internal sealed class Told(Address node, string id, PropertyPath path) : ValueKey(node, id, path)
{
    public long Version { get; set; }

    /// <summary>The value that was told; null if another gateway told it, or if there is none.</summary>
    public PropertyValue? Value { get; set; }

    /// <summary>True if it was told as stale: then the same value is news once it is known again.</summary>
    public bool IsStale { get; set; }

    /// <summary>As if nothing had been told of it.</summary>
    public void Forget() => (Version, Value, IsStale) = (0, null, false);
}
