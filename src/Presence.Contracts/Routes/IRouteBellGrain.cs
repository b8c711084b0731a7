namespace Presence.Contracts.Routes;

/// <summary>
/// Wakes the reader of one queue of the route streams when something has come into it, so that the queue need not be
/// polled often. The key is the number of the queue. A bell that is lost costs time, never a batch: the reader looks
/// by itself as well.
/// </summary>
[Alias("presence.route-bell")]
public interface IRouteBellGrain : IGrainWithIntegerKey
{
    /// <summary>Something has come into the queue.</summary>
    [Alias("ring")]
    Task Ring();

    /// <summary>
    /// Returns the number of rings so far as soon as it differs from <paramref name="heard"/>, and after 500 ms in any
    /// case. A later listener sends an earlier one away, since a queue has one reader.
    /// </summary>
    [Alias("listen")]
    Task<long> Listen(long heard);
}
