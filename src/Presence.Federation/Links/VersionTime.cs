using Presence.Model.Properties;

namespace Presence.Federation.Links;

/// <summary>
/// The feature <c>ver-time</c> of HELLO: a NOTIFY whose version is the time of its change in microseconds has no <c>t=</c>
/// (docs/decisions/0076). Versions begin as times and are others only where that would not be greater than the last one, or where
/// a view has a clock of its own.
/// </summary>
internal static class VersionTime
{
    public const string Feature = "ver-time";

    private const long LastMillisecond = 253_402_300_799_999;

    /// <summary>True if the other side has named the feature.</summary>
    public static bool IsAmong(string? features) => features?.Split(',').Contains(Feature) == true;

    /// <summary>True if the version tells the time, as exactly as it would be written.</summary>
    public static bool Tells(PropertyDelta delta) => delta.Version / 1000 == delta.At.ToUnixTimeMilliseconds();

    /// <summary>The time that a version tells; null if there is no such time.</summary>
    public static DateTimeOffset? Of(long version) =>
        version / 1000 is >= 0 and <= LastMillisecond and var at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
