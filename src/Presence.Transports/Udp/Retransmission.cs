namespace Presence.Transports.Udp;

/// <summary>When what is not answered is sent again: after 1, 2, 4, 8 and 8 s, then not any more.</summary>
internal static class Retransmission
{
    private static readonly int[] Seconds = [1, 2, 4, 8, 8];

    /// <param name="attempts">How often it was sent before the present time.</param>
    /// <param name="now">The present time.</param>
    public static DateTimeOffset? Next(int attempts, DateTimeOffset now) =>
        attempts < Seconds.Length ? now + TimeSpan.FromSeconds(Seconds[attempts]) : null;
}
