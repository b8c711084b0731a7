namespace Presence.Grains;

/// <summary>Times as they are stored.</summary>
internal static class StoredTime
{
    private const long MillisecondsOfSecond = 1000;

    /// <summary>
    /// Milliseconds since 1970 at the end of the second: nothing ends sooner than was promised, and of many times that lie near
    /// each other what differs is short.
    /// </summary>
    public static long InWholeSeconds(DateTimeOffset end) =>
        (end.ToUnixTimeMilliseconds() + MillisecondsOfSecond - 1) / MillisecondsOfSecond * MillisecondsOfSecond;
}
