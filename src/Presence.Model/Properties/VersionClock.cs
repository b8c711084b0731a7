namespace Presence.Model.Properties;

/// <summary>
/// Versions are a hybrid logical clock in decimal: at least one above the last one, and at least the microseconds since
/// 1970 (with millisecond resolution). They survive loss of memory and moves of a node without coordination, and people
/// can read them. Clients only compare. Source: docs/protocol/properties.md.
/// </summary>
public static class VersionClock
{
    /// <summary>The version that follows <paramref name="last"/> at the time <paramref name="now"/>.</summary>
    public static long Next(long last, DateTimeOffset now) =>
        Math.Max(last + 1, now.ToUnixTimeMilliseconds() * 1000);

    /// <summary>About when a version was made; exact to the millisecond unless more than 1 000 fell into one.</summary>
    public static DateTimeOffset TimeOf(long version) => DateTimeOffset.FromUnixTimeMilliseconds(version / 1000);
}
