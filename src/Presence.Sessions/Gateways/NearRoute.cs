using System.Threading.Channels;
using Presence.Contracts.Routes;

namespace Presence.Sessions.Gateways;

/// <summary>
/// The gateway's route for grains in its own process: batches in the order in which they were put, for one reader, who gets all that
/// are there at once. It saves the five calls between actors that a stream takes (<c>bench paced</c>, <c>bench fanout</c>).
/// </summary>
internal sealed class NearRoute
{
    /// <summary>
    /// Batches that may wait, as many as in the queue of a stream. Those that come then are lost, and repaired by version.
    /// </summary>
    public const int MaxWaiting = 16_384;

    /// <summary>Batches that share one write to a socket at most, as many as with a stream.</summary>
    public const int BatchesAtOnce = 256;

    // Who puts a batch never runs the reader, which is woken on the thread pool, behind the turns of grains that wait there.
    private readonly Channel<RouteBatch> _waiting = Channel.CreateBounded<RouteBatch>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    /// <summary>Never waits; false if too many wait, or the end has come. Used from any thread.</summary>
    public bool TryPut(RouteBatch batch) => _waiting.Writer.TryWrite(batch);

    /// <summary>Takes nothing more; what is there is still read.</summary>
    public void Close() => _waiting.Writer.TryComplete();

    /// <summary>
    /// Hands over what has come since the last time, and waits for the end of this. Ends after <see cref="Close"/>. Called once.
    /// </summary>
    /// <param name="deliver">Must not fail; the list is used again.</param>
    public async Task Read(Func<IReadOnlyList<RouteBatch>, Task> deliver)
    {
        List<RouteBatch> together = [];
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (together.Count < BatchesAtOnce && _waiting.Reader.TryRead(out var batch))
                together.Add(batch);
            await deliver(together);
            together.Clear();
        }
    }
}
